namespace PatternAnalysis.Reporting.Html;

/// <summary>What the turns that could go cost, by routine, as bars; the parts of a routine lengthen its bar.</summary>
internal static class WorthChart
{
    private const double RowHeight = 40;
    private const double Left = 8;
    private const double Right = 190;

    public static SvgCanvas Draw(IReadOnlyList<Routine> routines)
    {
        var canvas = new SvgCanvas(
            "worth",
            "Worth by routine",
            "One bar a routine, the longest for the one whose turns cost the most; the list below holds the same numbers.",
            760,
            routines.Count * RowHeight + 6
        );
        var scale = (canvas.Width - Left - Right) / Math.Max(routines.Max(routine => routine.Usd), 1e-9);
        for (var i = 0; i < routines.Count; i++)
        {
            var (routine, top) = (routines[i], i * RowHeight);
            var (own, all) = (routine.Pattern.Worth!.MarginalUsd * scale, routine.Usd * scale);
            var title = RoutineText.Title(routine.Pattern);
            canvas.Text(Left, top + 14, title, "label", maximumLength: 95);
            canvas.Bar(Left, top + 19, own, 13, "bar routine", ReportText.Text($"{title}: ${routine.Pattern.Worth.MarginalUsd:N2}"));
            if (all - own > 0.5)
                canvas.Bar(
                    Left + own,
                    top + 19,
                    all - own,
                    13,
                    "bar part",
                    ReportText.Text($"its parts: ${routine.Usd - routine.Pattern.Worth.MarginalUsd:N2}")
                );
            canvas.Text(
                Left + Math.Max(all, 1) + 6,
                top + 30,
                ReportText.Text($"${routine.Usd:N2} · {routine.Turns:N0} turns · {RoutineText.NameOf(routine.Pattern.Worth.Kind)}"),
                "number"
            );
        }

        return canvas;
    }
}
