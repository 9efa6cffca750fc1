using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>The pictures of the page, each with what its numbers stand on.</summary>
internal static class HtmlFigures
{
    public static void Write(TextWriter page, AnalysisSummary summary)
    {
        if (summary.Patterns.Length == 0)
            return;

        var ground = ReportText.Ground(summary);
        page.WriteLine("<h2>Confidence against occurrences</h2>");
        var omitted = ConfidenceChart.Omitted(summary.Patterns);
        WriteFigure(
            page,
            ConfidenceChart.Draw(summary.Patterns),
            ReportText.Text(
                $"n = {summary.PatternsFound:N0} "
                    + $"patterns{(omitted > 0 ? ReportText.Text($", the {omitted:N0} with the lowest confidence not drawn") : "")}; "
                    + $"the dashed lines are the borders of the classes. {ground}."
            ),
            legend: true
        );

        var graph = summary.Pictures.Graph;
        if (graph.Arcs.Count > 0)
        {
            page.WriteLine("<h2>Flow between activities</h2>");
            WriteFigure(
                page,
                FlowChart.Draw(graph),
                ReportText.Text(
                    $"The {graph.Nodes.Count} activities of the patterns that are worth the most. An arrow's number says "
                        + $"how often the one directly follows the other in all sessions, inside a pattern or not. {ground}."
                )
            );
        }

        if (summary.Pictures.Timeline is { } timeline)
        {
            page.WriteLine("<h2>Patterns over time</h2>");
            WriteFigure(
                page,
                TimelineChart.Draw(timeline),
                $"Occurrences of the {timeline.Rows.Count} patterns that are worth the "
                    + $"most, one bar for {TimelineChart.Words(timeline.Bucket)}, in UTC. {ground}."
            );
        }
    }

    public static void WriteRuns(TextWriter page, AnalysisSummary summary, IReadOnlyList<PastRun> before) =>
        WriteFigure(
            page,
            RunChart.Draw(summary, before),
            ReportText.Text(
                $"The {before.Count:N0} {(before.Count == 1 ? "run" : "runs")} before this one, and "
                    + $"this one: patterns that wait for review (below) and that the policy approves (above)."
            )
        );

    /// <summary>A picture with its caption, and what its shapes mean where they need it.</summary>
    public static void WriteFigure(TextWriter page, SvgCanvas picture, string caption, bool legend = false)
    {
        page.WriteLine($"<figure><div class=\"picture\" tabindex=\"0\">{picture}</div>");
        if (legend)
        {
            var entries = StatusMark.Classes.Select(name =>
                $"<li><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"{StatusMark.Outline(name, 8, 8)}\" "
                + $"class=\"mark {name}\"></path></svg>{StatusMark.NameOf(name)}</li>"
            );
            page.WriteLine($"<ul class=\"legend\">{string.Concat(entries)}</ul>");
        }

        page.WriteLine($"<figcaption>{HtmlText.Encode(caption, 1000)}</figcaption></figure>");
    }
}
