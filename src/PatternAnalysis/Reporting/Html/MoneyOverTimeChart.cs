namespace PatternAnalysis.Reporting.Html;

/// <summary>What was spent by day or week, and in front of it what could go.</summary>
internal static class MoneyOverTimeChart
{
    private const double Left = 60;
    private const double Bottom = 26;
    private const double Top = 14;

    public static SvgCanvas Draw(IReadOnlyList<MoneyPeriod> periods)
    {
        var most = Math.Max(0.01, periods.Max(period => period.SpentUsd));
        var canvas = new SvgCanvas(
            "money-over-time",
            "Spent, and what could go, over time",
            ReportText.Text(
                $"{periods.Count} bars from {periods[0].From:yyyy-MM-dd}, at most ${most:N2}; in front of each what of it could go."
            ),
            760,
            170
        );
        var width = Math.Min(40, (canvas.Width - Left - 8) / periods.Count);
        var baseline = canvas.Height - Bottom;
        for (var i = 0; i < periods.Count; i++)
        {
            var period = periods[i];
            var (spent, couldGo) = (Height(period.SpentUsd), Height(Math.Min(period.CouldGoUsd, period.SpentUsd)));
            var tip = ReportText.Text($"{period.Name}: ${period.SpentUsd:N2} spent, ${period.CouldGoUsd:N2} could go");
            var x = Left + i * width + width * 0.05;
            canvas.Bar(x, baseline - spent, width * 0.9, spent, "bar thought", tip);
            canvas.Bar(x, baseline - couldGo, width * 0.9, couldGo, "bar routine", tip);
        }

        canvas.Line(Left, baseline, canvas.Width - 8, baseline, "axis");
        canvas.Text(Left - 6, Top + 5, ReportText.Text($"${most:N2}"), "tick", "end");
        canvas.Text(Left - 6, baseline, "$0", "tick", "end");
        canvas.Text(Left, canvas.Height - 8, periods[0].Name, "tick");
        if (periods.Count * width > 300)
            canvas.Text(Left + periods.Count * width, canvas.Height - 8, periods[^1].Name, "tick", "end");
        return canvas;

        double Height(double usd) => (baseline - Top) * usd / most;
    }
}
