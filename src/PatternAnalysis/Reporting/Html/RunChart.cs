namespace PatternAnalysis.Reporting.Html;

/// <summary>How many patterns each run left waiting and approved, run after run.</summary>
internal static class RunChart
{
    private const double Left = 48;
    private const double Bottom = 26;
    private const double Top = 22;

    /// <summary>Draws the runs before this one, and this one as the last bar.</summary>
    public static SvgCanvas Draw(AnalysisSummary summary, IReadOnlyList<PastRun> before)
    {
        PastRun[] runs =
        [
            .. before,
            new PastRun
            {
                RunId = 0,
                StartedAt = summary.StartedAt,
                Window = summary.Window,
                SessionCount = summary.TotalSessions,
                Pending = summary.Pending,
                AutoApproved = summary.AutoApproved,
                AutoRejected = summary.AutoRejected,
            },
        ];
        var canvas = new SvgCanvas(
            "runs",
            "Patterns by run",
            "One bar a run: below the patterns that wait for review, above them those that the policy approved.",
            760,
            170
        );
        var most = Math.Max(1, runs.Max(run => run.Pending + run.AutoApproved));
        var width = Math.Min(60, (canvas.Width - Left - 8) / runs.Length);
        var baseline = canvas.Height - Bottom;
        for (var i = 0; i < runs.Length; i++)
        {
            var run = runs[i];
            var x = Left + i * width + 1;
            var pending = (baseline - Top) * run.Pending / most;
            var approved = (baseline - Top) * run.AutoApproved / most;
            var tip = ReportText.Text(
                $"{run.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {run.Pending:N0} waiting, "
                    + $"{run.AutoApproved:N0} approved, {run.AutoRejected:N0} rejected, {run.SessionCount:N0} sessions"
            );
            canvas.Bar(x, baseline - pending, width - 2, pending, "bar pending", tip);
            canvas.Bar(x, baseline - pending - approved, width - 2, approved, "bar approved", tip);
            if (width >= 30)
                canvas.Text(
                    x + (width - 2) / 2,
                    baseline - pending - approved - 4,
                    ReportText.Text($"{run.Pending + run.AutoApproved:N0}"),
                    "number",
                    "middle"
                );
        }

        canvas.Line(Left, baseline, canvas.Width - 8, baseline, "axis");
        canvas.Text(Left - 6, Top + 5, ReportText.Text($"{most:N0}"), "tick", "end");
        canvas.Text(Left - 6, baseline, "0", "tick", "end");
        canvas.Text(Left, canvas.Height - 8, ReportText.Text($"{runs[0].StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}"), "tick");
        if (runs.Length * width > 300)
            canvas.Text(
                Left + runs.Length * width,
                canvas.Height - 8,
                ReportText.Text($"{runs[^1].StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}"),
                "tick",
                "end"
            );
        return canvas;
    }
}
