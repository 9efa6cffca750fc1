using PatternAnalysis.Analysis;

namespace PatternAnalysis.Reporting.Html;

/// <summary>How often each pattern starts in each stretch of time, one small chart a pattern under the other.</summary>
internal static class TimelineChart
{
    private const double RowHeight = 58;
    private const double ChartHeight = 30;
    private const double Left = 8;
    private const double Right = 64;

    public static SvgCanvas Draw(PatternTimeline timeline)
    {
        var canvas = new SvgCanvas(
            "timeline",
            "Patterns over time",
            $"One row a pattern, one bar for {Words(timeline.Bucket)}.",
            760,
            timeline.Rows.Count * RowHeight + 24
        );
        var buckets = timeline.Rows[0].Counts.Count;
        var width = (canvas.Width - Left - Right) / buckets;
        for (var row = 0; row < timeline.Rows.Count; row++)
        {
            var (pattern, counts) = timeline.Rows[row];
            var baseline = (row + 1) * RowHeight - 6;
            var most = Math.Max(1, counts.Max());
            canvas.Text(Left, row * RowHeight + 14, pattern.ToolSequence, "label", maximumLength: 95);
            for (var bucket = 0; bucket < buckets; bucket++)
            {
                if (counts[bucket] == 0)
                    continue;
                var height = Math.Max(2, ChartHeight * counts[bucket] / most);
                canvas.Bar(
                    Left + bucket * width,
                    baseline - height,
                    Math.Max(1, width - 1.5),
                    height,
                    $"bar {StatusMark.ClassOf(pattern)}",
                    ReportText.Text($"{counts[bucket]:N0} from {Start(timeline, bucket):yyyy-MM-dd HH:mm'Z'}")
                );
            }

            canvas.Line(Left, baseline, canvas.Width - Right, baseline, "axis");
            canvas.Text(canvas.Width - Right + 6, baseline - ChartHeight + 9, ReportText.Text($"max {most:N0}"), "tick");
        }

        canvas.Text(Left, canvas.Height - 6, ReportText.Text($"{timeline.From:yyyy-MM-dd HH:mm'Z'}"), "tick");
        canvas.Text(
            canvas.Width - Right,
            canvas.Height - 6,
            ReportText.Text($"{Start(timeline, buckets):yyyy-MM-dd HH:mm'Z'}"),
            "tick",
            "end"
        );
        return canvas;
    }

    /// <summary>A length of time in words: <c>3 hours</c>.</summary>
    public static string Words(TimeSpan length) =>
        length switch
        {
            { TotalDays: >= 1 } => ReportText.Text($"{length.TotalDays:0.#} {(length.TotalDays == 1 ? "day" : "days")}"),
            { TotalHours: >= 1 } => ReportText.Text($"{length.TotalHours:0.#} {(length.TotalHours == 1 ? "hour" : "hours")}"),
            _ => ReportText.Text($"{length.TotalMinutes:0.#} minutes"),
        };

    private static DateTime Start(PatternTimeline timeline, int bucket) => timeline.From.UtcDateTime + timeline.Bucket * bucket;
}
