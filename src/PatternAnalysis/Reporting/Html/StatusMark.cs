using PatternAnalysis.Reporting;

namespace PatternAnalysis.Reporting.Html;

/// <summary>How a state looks: a class for its colour and a shape, so that colour is never the only sign.</summary>
internal static class StatusMark
{
    public static string ClassOf(ClassifiedPattern pattern) =>
        pattern.IsDestructive
            ? "destructive"
            : pattern.Status switch
            {
                PatternStatus.AutoApproved => "approved",
                PatternStatus.Pending => "pending",
                _ => "coincidence",
            };

    public static string NameOf(string className) =>
        className switch
        {
            "approved" => "approved by policy",
            "pending" => "waiting for review",
            "destructive" => "rejected: destructive",
            _ => "rejected: too likely a coincidence",
        };

    /// <summary>The outline of the shape around a point: square, circle, triangle, cross.</summary>
    public static string Outline(string className, double x, double y) =>
        className switch
        {
            "approved" => ReportText.Text($"M{x - 5:0.#} {y - 5:0.#}h10v10h-10Z"),
            "pending" => ReportText.Text($"M{x - 5:0.#} {y:0.#}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z"),
            "destructive" => ReportText.Text($"M{x:0.#} {y - 6:0.#}L{x + 6:0.#} {y + 5:0.#}H{x - 6:0.#}Z"),
            _ => ReportText.Text($"M{x - 3:0.#} {y - 3:0.#}l6 6m0 -6l-6 6"),
        };
}
