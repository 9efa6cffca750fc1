using System.Globalization;

namespace PatternAnalysis.Analysis;

/// <summary>What was spent, what of it could go, and the specification's estimate beside them: three figures, never added up.</summary>
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
            (
                "Could go",
                saving.RoutineCount == 0
                    ? "nothing that is known"
                    : FormattableString.Invariant(
                        $"{saving.Turns:N0} turns and {saving.Tokens:N0} tokens, ${saving.Usd:N2} (95 % interval ${saving.UsdLow:N2} to ${saving.UsdHigh:N2}, {(saving.IsAssumed ? "at an assumed cost of a turn" : "measured")}), by {saving.RoutineCount:N0} {(saving.RoutineCount == 1 ? "routine" : "routines")}"
                    )
            ),
            ("Waiting that could go", FormattableString.Invariant($"{saving.WaitTime.TotalHours:0.0} hours; not in the dollars")),
            ("The specification's estimate", FormattableString.Invariant($"${summary.TotalSavings:N2}{Excess(summary)}")),
        ];
    }

    /// <summary>Says so when the estimate is more than all that was spent; else empty.</summary>
    public static string Excess(AnalysisSummary summary) =>
        summary.Spent is { } spent && summary.TotalSavings > spent.Usd
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", more than the ${spent.Usd:N2} that were spent in all: steps times seconds times rate, no measured money"
            )
            : "";

    private static string Spent(RunSpending? spent) =>
        spent is null
            ? "not known: the events do not say what the turns used"
            : FormattableString.Invariant(
                $"{spent.Turns:N0} turns and {spent.Tokens:N0} tokens, ${spent.Usd:N2}{(spent.UnpricedTurns > 0 ? FormattableString.Invariant($" (without {spent.UnpricedTurns:N0} turns of models that have no price)") : "")}; tools ran {spent.ToolTime.TotalHours:0.0} hours, models were waited for {spent.ModelTime.TotalHours:0.0} hours"
            );
}
