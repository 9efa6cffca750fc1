using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting.Html;

/// <summary>Where the turns of models go, one bar a class of steps. What a model must do is grey.</summary>
internal static class ClassChart
{
    private const double RowHeight = 26;
    private const double Left = 330;
    private const double Right = 130;

    public static SvgCanvas Draw(IReadOnlyList<ClassSpending> spending)
    {
        var canvas = new SvgCanvas(
            "classes",
            "Where the turns go",
            string.Join(", ", spending.Select(entry => ReportText.Text($"{StepClassText.NameOf(entry.Class)} {entry.Turns:N0} turns"))),
            760,
            spending.Count * RowHeight + 6
        );
        var all = Math.Max(spending.Sum(entry => entry.Turns), 1e-9);
        var scale = (canvas.Width - Left - Right) / Math.Max(spending.Max(entry => entry.Turns), 1e-9);
        for (var i = 0; i < spending.Count; i++)
        {
            var (entry, top) = (spending[i], i * RowHeight);
            var name = StepClassText.NameOf(entry.Class);
            var canRun = entry.Class is StepClass.Constant or StepClass.Bound or StepClass.Parameter or StepClass.Message;
            canvas.Text(Left - 8, top + 16, $"{name}: {Shortly(entry.Class)}", "label", "end", 60);
            canvas.Bar(
                Left,
                top + 5,
                entry.Turns * scale,
                14,
                canRun ? "bar routine" : "bar thought",
                ReportText.Text($"{name}: {entry.Turns:N0} turns")
            );
            canvas.Text(
                Left + Math.Max(1, entry.Turns * scale) + 6,
                top + 16,
                ReportText.Text($"{entry.Turns:N0} · {entry.Turns / all:P0}"),
                "number"
            );
        }

        return canvas;
    }

    private static string Shortly(StepClass stepClass) =>
        stepClass switch
        {
            StepClass.Bound => "a script can fill in what varies",
            StepClass.Unknown => "nothing says what was given",
            _ => StepClassText.Explain(stepClass),
        };
}
