namespace PatternAnalysis.Metrics;

/// <summary>
/// What automating several patterns of a run together would save: patterns share steps, and a step can be saved only once.
/// The most valuable pattern takes its occurrences first; so the total never exceeds the time of the steps themselves.
/// </summary>
public static class OverlapFreeSavings
{
    /// <summary>The savings of all patterns together, in US dollars.</summary>
    /// <param name="patterns">Patterns of one run, in any order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static decimal Total(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return 0;

        var inOrder = patterns
            .OrderByDescending(pattern => pattern.EstimatedSavings)
            .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency)
            .Select(pattern => pattern.Place);
        return Savings.Estimate(patterns[0].Run.CountCoveredSteps(inOrder, cancellationToken), 1, patterns[0].Options);
    }
}
