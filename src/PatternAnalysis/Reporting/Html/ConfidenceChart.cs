namespace PatternAnalysis.Reporting.Html;

/// <summary>
/// Every pattern by its occurrences and its confidence, with the borders of the classes. The axis of confidence counts nines, because all
/// that matters happens close to 1.
/// </summary>
internal static class ConfidenceChart
{
    private const double Left = 76;
    private const double Right = 20;
    private const double Top = 34;
    private const double Bottom = 44;
    private const double MostNines = 6;

    // With more marks than this they only cover each other.
    private const int MaximumMarks = 1500;

    private static readonly double[] s_ticks = [0, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

    public static SvgCanvas Draw(IReadOnlyList<ClassifiedPattern> patterns)
    {
        var policy = patterns[0].Policy;
        var canvas = new SvgCanvas(
            "confidence",
            "Confidence against occurrences",
            ReportText.Text(
                $"Below the confidence {policy.RejectConfidence} a pattern is rejected; above {policy.ApproveConfidence}, from "
                    + $"{policy.ApproveOccurrences} occurrences and ${policy.ApproveSavings} "
                    + $"on, it is approved when it is safe; between it waits for review."
            ),
            760,
            400
        );
        var most = Math.Max(patterns.Max(pattern => pattern.OccurrenceCount), policy.ApproveOccurrences) * 1.3;
        double X(double occurrences) =>
            Left + Math.Log10(Math.Max(1, occurrences)) / Math.Log10(Math.Max(10, most)) * (canvas.Width - Left - Right);
        double Y(double confidence) =>
            canvas.Height
            - Bottom
            - Math.Min(MostNines, -Math.Log10(Math.Max(1e-6, 1 - confidence))) / MostNines * (canvas.Height - Top - Bottom);

        DrawClasses(canvas, policy, X, Y);
        DrawAxes(canvas, most, X, Y);
        foreach (
            var pattern in patterns
                .OrderByDescending(pattern => pattern.ConfidenceScore)
                .ThenByDescending(pattern => pattern.OccurrenceCount)
                .Take(MaximumMarks)
                .Reverse()
        )
        {
            var className = StatusMark.ClassOf(pattern);
            canvas.Path(
                StatusMark.Outline(className, X(pattern.OccurrenceCount), Y(pattern.ConfidenceScore)),
                $"mark {className}",
                ReportText.Text(
                    $"{ReportText.Show(pattern.ToolSequence, 200)}: {StatusMark.NameOf(className)}, "
                        + $"confidence {pattern.ConfidenceScore:0.######}, {pattern.OccurrenceCount:N0} occurrences"
                )
            );
        }

        NameClasses(canvas, policy, Y);
        return canvas;
    }

    /// <summary>How many patterns have no mark.</summary>
    public static int Omitted(IReadOnlyList<ClassifiedPattern> patterns) => Math.Max(0, patterns.Count - MaximumMarks);

    private static void DrawClasses(
        SvgCanvas canvas,
        Classification.ClassificationPolicy policy,
        Func<double, double> x,
        Func<double, double> y
    )
    {
        var (right, bottom) = (canvas.Width - Right, canvas.Height - Bottom);
        var (reject, approve, from) = (y(policy.RejectConfidence), y(policy.ApproveConfidence), x(policy.ApproveOccurrences));
        canvas.Rectangle(Left, reject, right - Left, Math.Max(0, bottom - reject), "area-coincidence");
        if (approve < reject)
            canvas.Rectangle(from, Top, Math.Max(0, right - from), Math.Max(0, approve - Top), "area-approved");
        canvas.Line(Left, reject, right, reject, "border");
        canvas.Line(from, approve, right, approve, "border");
        canvas.Line(from, Top, from, approve, "border");
    }

    // The names stand above the marks, which would cover them.
    private static void NameClasses(SvgCanvas canvas, Classification.ClassificationPolicy policy, Func<double, double> y)
    {
        canvas.Text(canvas.Width - Right, canvas.Height - Bottom - 8, "rejected: too likely a coincidence", "area halo", "end");
        canvas.Text(canvas.Width - Right, Top - 8, "approved, if safe and worth it", "area halo", "end");
        canvas.Text(Left + 6, y(policy.RejectConfidence) - 8, StatusMark.NameOf(PatternStatus.Pending), "area halo");
    }

    private static void DrawAxes(SvgCanvas canvas, double most, Func<double, double> x, Func<double, double> y)
    {
        var bottom = canvas.Height - Bottom;
        canvas.Line(Left, Top, Left, bottom, "axis");
        canvas.Line(Left, bottom, canvas.Width - Right, bottom, "axis");
        foreach (var tick in s_ticks)
        {
            canvas.Line(Left - 4, y(tick), Left, y(tick), "axis");
            canvas.Text(Left - 8, y(tick) + 4, ReportText.Text($"{tick:0.######}"), "tick", "end");
        }

        for (double tick = 1; tick <= most; tick *= 10)
        {
            canvas.Line(x(tick), bottom, x(tick), bottom + 4, "axis");
            canvas.Text(x(tick), bottom + 18, ReportText.Text($"{tick:N0}"), "tick", "middle");
        }

        canvas.Text(canvas.Width - Right, canvas.Height - 6, "occurrences", "tick", "end");
        canvas.Text(Left - 8, Top - 16, "confidence", "tick", "end");
    }
}
