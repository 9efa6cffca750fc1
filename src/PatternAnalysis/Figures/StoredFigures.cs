namespace PatternAnalysis.Figures;

/// <summary>Every number that tables show of a stored pattern. What it is, is said once, in <see cref="PatternFigures"/>.</summary>
public static class StoredFigures
{
    /// <summary>All figures, in the order in which they are shown.</summary>
    public static IReadOnlyList<Figure<PatternApproval>> All { get; } =
    [
        Of("saved_turns", pattern => pattern.SavedTurns),
        new(
            "worth_usd_per_30_days",
            "$/30 days",
            "What those turns cost in 30 days, times the share of occurrences in which one could go.",
            pattern => pattern.WorthUsdPer30Days,
            "N2"
        )
        {
            Label = "$/30 d",
            Width = 10,
        },
        Of("confidence_score", pattern => pattern.ConfidenceScore),
        Of("occurrence_count", pattern => pattern.OccurrenceCount),
        Of("estimated_savings_usd", pattern => pattern.EstimatedSavings),
    ];

    private static Figure<PatternApproval> Of(string name, Func<PatternApproval, IFormattable?> value)
    {
        var figure = PatternFigures.All.First(figure => figure.Name == name);
        return new(figure.Name, figure.Title, figure.Explanation, value, figure.Format)
        {
            Label = figure.Label,
            Width = figure.Width,
            Unit = figure.Unit,
        };
    }
}
