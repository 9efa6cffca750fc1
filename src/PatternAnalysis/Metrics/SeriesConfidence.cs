namespace PatternAnalysis.Metrics;

/// <summary>
/// What a confidence is worth in a series of nights. Each night tests the patterns of its horizon anew, so what is a coincidence has many
/// chances to be shown once; what is a routine is shown on most of them.
/// </summary>
/// <remarks>
/// The q-value of a look counts <see cref="Looks"/> times, as in Bonferroni's correction for so many looks. Sixty nights with horizons that
/// overlap are fewer looks than sixty: how many was found by simulation and confirmed on other random sessions, see
/// docs/confidence-experiment.md. Nights that look at their window alone share no session and are not covered.
/// </remarks>
internal static class SeriesConfidence
{
    /// <summary>As how many separate looks sixty nights count.</summary>
    public const int Looks = 10;

    /// <summary>
    /// Of the patterns that sixty nights ever show with this confidence c or more, at most a share 1 - c is expected to be coincidence.
    /// </summary>
    /// <param name="qValue">The q-value of one look, in [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    public static double Of(double qValue) => 1 - Math.Min(1, Looks * qValue);
}
