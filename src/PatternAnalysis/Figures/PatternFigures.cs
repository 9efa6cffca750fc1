namespace PatternAnalysis.Figures;

/// <summary>Every number that is shown of a pattern, once.</summary>
public static class PatternFigures
{
    /// <summary>All figures, in the order in which they are shown.</summary>
    public static IReadOnlyList<PatternFigure> All { get; } =
    [
        new("length", "Steps", "How many steps it has.", pattern => pattern.Length, "N0"),
        new("session_count", "Sessions", "In how many of the sessions it occurs.", pattern => pattern.SessionCount, "N0")
        {
            IsInReports = true,
            Width = 8,
            Whole = pattern => pattern.TotalSessionCount,
        },
        new("total_session_count", "Of", "How many sessions were looked at.", pattern => pattern.TotalSessionCount, "N0"),
        new("occurrence_count", "Occurrences", "How often it occurs, without overlap.", pattern => pattern.OccurrenceCount, "N0")
        {
            IsInReports = true,
            Label = "Count",
            Width = 11,
        },
        new(
            "safe_occurrence_count",
            "Safe",
            "In how many occurrences nothing speaks against any step.",
            pattern => pattern.SafeOccurrenceCount,
            "N0"
        ),
        new(
            "unknown_occurrence_count",
            "Unknown",
            "In how many occurrences the worst step is not known to be safe.",
            pattern => pattern.UnknownOccurrenceCount,
            "N0"
        ),
        new(
            "destructive_occurrence_count",
            "Destructive",
            "In how many occurrences a step is destructive.",
            pattern => pattern.DestructiveOccurrenceCount,
            "N0"
        ),
        new("raw_count", "Raw", "How often it occurs, overlapping occurrences included.", pattern => pattern.RawCount, "N0"),
        new("expected_count", "Expected", "How many occurrences chance explains.", pattern => pattern.ExpectedCount, "N1")
        {
            IsInReports = true,
            Width = 8,
        },
        new("lift", "Lift", "How many times more often than by chance it occurs.", pattern => pattern.Lift, "0.00")
        {
            IsInReports = true,
            Width = 6,
        },
        new("p_value", "p", "How likely chance alone gives so many occurrences.", pattern => pattern.PValue, "0.0e+0")
        {
            IsInReports = true,
        },
        new("q_value", "q", "The p-value corrected for the number of patterns tested.", pattern => pattern.QValue, "0.0e+0")
        {
            IsInReports = true,
        },
        new(
            "dispersion",
            "Dispersion",
            "How much more than a Poisson count the occurrences vary over the sessions.",
            pattern => pattern.Dispersion,
            "0.00"
        ),
        new("family_size", "Tested", "How many patterns were tested together.", pattern => pattern.FamilySize, "N0"),
        new("confidence_score", "Confidence", "How sure it is that it is no coincidence.", pattern => pattern.ConfidenceScore, "0.000000")
        {
            IsInReports = true,
            Width = 10,
        },
        new("estimated_savings_usd", "Savings", "What automating it would save, in US dollars.", pattern => pattern.EstimatedSavings, "N2")
        {
            IsInReports = true,
            Width = 12,
            Unit = "$",
        },
        new("saved_turns", "Turns", "How many turns of a model could go.", pattern => pattern.Worth?.SavedTurns, "N0")
        {
            IsInReports = true,
            Width = 6,
        },
        new(
            "worth_usd",
            "Worth",
            "What those turns cost, times the share of occurrences in which one could go, in US dollars.",
            pattern => pattern.Worth?.WorthUsd,
            "N2"
        )
        {
            IsInReports = true,
            Width = 8,
            Unit = "$",
        },
    ];

    /// <summary>Those that reports for people show.</summary>
    public static IReadOnlyList<PatternFigure> OfReports { get; } = [.. All.Where(figure => figure.IsInReports)];

    /// <summary>Those that a terminal's table shows.</summary>
    public static IReadOnlyList<PatternFigure> OfTerminal { get; } = [.. All.Where(figure => figure.Width > 0)];
}
