namespace PatternAnalysis.Reporting.Html;

/// <summary>How a state looks: a class for its colour and a shape, so that colour is never the only sign.</summary>
internal static class StatusMark
{
    private const string Destructive = "destructive";
    private const string Coincidence = "coincidence";

    /// <summary>All classes, in the order of the legend.</summary>
    public static IReadOnlyList<string> Classes { get; } = [PatternStatus.Approved, PatternStatus.Pending, Destructive, Coincidence];

    public static string ClassOf(ClassifiedPattern pattern) =>
        pattern.IsDestructive ? Destructive
        : PatternStatus.IsApproved(pattern.Status) ? PatternStatus.Approved
        : PatternStatus.IsWaiting(pattern.Status) ? PatternStatus.Pending
        : Coincidence;

    public static string NameOf(string className) =>
        className switch
        {
            PatternStatus.Approved => PatternStatus.TitleOf(PatternStatus.AutoApproved).ToLowerInvariant(),
            PatternStatus.Pending => PatternStatus.TitleOf(PatternStatus.Pending).ToLowerInvariant(),
            Destructive => "rejected: destructive",
            _ => "rejected: too likely a coincidence",
        };

    /// <summary>The outline of the shape around a point: square, circle, triangle, cross.</summary>
    public static string Outline(string className, double x, double y) =>
        className switch
        {
            PatternStatus.Approved => ReportText.Text($"M{x - 5:0.#} {y - 5:0.#}h10v10h-10Z"),
            PatternStatus.Pending => ReportText.Text($"M{x - 5:0.#} {y:0.#}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z"),
            Destructive => ReportText.Text($"M{x:0.#} {y - 6:0.#}L{x + 6:0.#} {y + 5:0.#}H{x - 6:0.#}Z"),
            _ => ReportText.Text($"M{x - 3:0.#} {y - 3:0.#}l6 6m0 -6l-6 6"),
        };
}
