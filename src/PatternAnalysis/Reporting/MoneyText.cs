using PatternAnalysis.Analysis;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting;

/// <summary>What was spent, what of it could go, and the specification's estimate beside them: figures that are never added up.</summary>
internal static class MoneyText
{
    /// <summary>The lines, each with its name.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(AnalysisSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var saving = summary.CouldGo;
        return
        [
            ("Spent", Spent(summary.Spent)),
            ("Could go (cash)", saving.RoutineCount == 0 ? "nothing that is known" : CouldGo(saving)),
            ("Waiting that could go", $"{RunWords.Wait(saving)}; not in the dollars"),
            ("What automating costs", Cost(summary.Patterns)),
            ("The specification's estimate", ReportText.Text($"${summary.TotalSavings:N2}{RunWords.Excess(summary)}")),
        ];
    }

    private static string Spent(RunSpending? spent) =>
        spent is null
            ? "not known: the events do not say what the turns used"
            : ReportText.Text($"{spent.Turns:N0} turns and {spent.Tokens:N0} tokens, ${spent.Usd:N2}{Unpriced(spent)}; tools ran ")
                + ReportText.Text($"{spent.ToolTime.TotalHours:0.0} hours, models were waited for {spent.ModelTime.TotalHours:0.0} hours");

    private static string Unpriced(RunSpending spent) =>
        spent.UnpricedTurns == 0 ? "" : $" (without {RunWords.Count(spent.UnpricedTurns, "turn")} of models that have no price)";

    // In tools, not in turns: what stays of a script is a turn as before, and no part of what could go.
    private static string Cost(IEnumerable<ClassifiedPattern> patterns)
    {
        NeedlessRuns[] needless =
        [
            .. patterns
                .Where(pattern => pattern.Worth is { PartOf: null } && !PatternStatus.IsRejected(pattern.Status))
                .Select(pattern => pattern.Worth!.NeedlessRuns)
                .OfType<NeedlessRuns>()
                .Where(runs => runs.Count > 0),
        ];
        var hooks =
            needless.Length == 0
                ? ""
                : $"{RunWords.Count(needless.Length, "hook")} would have run {RunWords.Count(needless.Sum(runs => runs.Count), "time")} "
                    + $"in vain, {RunWords.Time(TimeSpan.FromSeconds(needless.Sum(runs => runs.ToolTime.TotalSeconds)))} of tools; ";
        return $"{hooks}the one call that stays of a script, which is not in what could go";
    }

    private static string CouldGo(RunSaving saving) =>
        $"{RunWords.Count(saving.Turns, "turn")} and {RunWords.Count(saving.Tokens, "token")}, "
        + ReportText.Text($"${saving.Usd:N2} (95 % interval ${saving.UsdLow:N2} to ${saving.UsdHigh:N2}, ")
        + $"{(saving.IsAssumed ? "at an assumed cost of a turn" : "measured")}), by {RunWords.Count(saving.RoutineCount, "routine")}";
}
