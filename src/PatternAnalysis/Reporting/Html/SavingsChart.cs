namespace PatternAnalysis.Reporting.Html;

/// <summary>What each of the most valuable patterns would save, as bars.</summary>
internal static class SavingsChart
{
    private const double RowHeight = 40;
    private const double Left = 8;
    private const double Right = 150;

    public static SvgCanvas Draw(IReadOnlyList<ClassifiedPattern> patterns)
    {
        var canvas = new SvgCanvas(
            "savings",
            "Savings by pattern",
            "One bar a pattern, the longest for the highest savings; the tables below hold the same numbers.",
            760,
            patterns.Count * RowHeight + 6
        );
        var highest = Math.Max(1, (double)patterns.Max(pattern => pattern.EstimatedSavings));
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            var className = StatusMark.ClassOf(pattern);
            var top = i * RowHeight;
            var width = (double)pattern.EstimatedSavings / highest * (canvas.Width - Left - Right);
            canvas.Text(Left, top + 14, pattern.ToolSequence, "label", maximumLength: 95);
            canvas.Bar(Left, top + 19, width, 13, $"bar {className}", $"{pattern.ToolSequence}: {StatusMark.NameOf(className)}");
            canvas.Text(
                Left + Math.Max(width, 1) + 6,
                top + 30,
                ReportText.Text($"${pattern.EstimatedSavings:N2} · {pattern.OccurrenceCount:N0}×"),
                "number"
            );
        }

        return canvas;
    }
}
