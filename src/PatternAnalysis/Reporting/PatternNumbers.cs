namespace PatternAnalysis.Reporting;

/// <summary>The numbers that the tables of a report show of every pattern, the same in every format for people.</summary>
internal static class PatternNumbers
{
    public static IReadOnlyList<(string Title, Func<ClassifiedPattern, string> Value)> Columns { get; } =
    [
        ("Sessions", pattern => ReportText.Text($"{pattern.SessionCount:N0} of {pattern.TotalSessionCount:N0}")),
        ("Occurrences", pattern => ReportText.Text($"{pattern.OccurrenceCount:N0}")),
        ("Expected", pattern => ReportText.Text($"{pattern.ExpectedCount:N1}")),
        ("Lift", pattern => ReportText.Text($"{pattern.Lift:0.00}")),
        ("p", pattern => ReportText.Text($"{pattern.PValue:0.0e+0}")),
        ("q", pattern => ReportText.Text($"{pattern.QValue:0.0e+0}")),
        ("Confidence", pattern => ReportText.Text($"{pattern.ConfidenceScore:0.000000}")),
        ("Savings", pattern => ReportText.Text($"${pattern.EstimatedSavings:N2}")),
    ];
}
