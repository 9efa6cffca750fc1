using System.Globalization;
using System.Text;

namespace PatternAnalysis.Analysis;

/// <summary>The summary block of a run, as the original prints it.</summary>
public static class SummaryText
{
    private const int Width = 80;

    /// <summary>The block: the same lines and labels as the original's, money with thousands separators.</summary>
    public static string Format(AnalysisSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var rule = new string('=', Width);
        return new StringBuilder()
            .AppendLine(rule)
            .AppendLine(summary.DryRun ? "DAILY PATTERN ANALYSIS SUMMARY (dry run: nothing was saved)" : "DAILY PATTERN ANALYSIS SUMMARY")
            .AppendLine(rule)
            .AppendLine($"Analysis Window: {FormatWindow(summary.Window)}")
            .AppendLine(Line($"Total Sessions Analyzed: {summary.TotalSessions}"))
            .AppendLine(Line($"Patterns Discovered: {summary.PatternsFound}{LeftOut(summary)}"))
            .AppendLine(Line($"  - New Patterns: {summary.NewPatterns}"))
            .AppendLine(Line($"  - Updated Patterns: {summary.UpdatedPatterns}"))
            .AppendLine()
            .AppendLine("Classification:")
            .AppendLine(Line($"  - Auto-Approved: {summary.AutoApproved}"))
            .AppendLine(Line($"  - Pending Review: {summary.Pending}"))
            .AppendLine(Line($"  - Auto-Rejected: {summary.AutoRejected}"))
            .Append(Covered(summary))
            .AppendLine()
            .AppendLine(Line($"Estimated Total Savings: ${summary.TotalSavings:N2}"))
            .Append(Evidence(summary))
            .Append(CouldGo(summary))
            .Append(string.Concat(summary.GivenUp.Select(sentence => sentence + Environment.NewLine)))
            .Append(DisabledRules(summary))
            .Append(rule)
            .ToString();
    }

    // Only where a person has decided under other names.
    private static string Covered(AnalysisSummary summary) =>
        summary.Covered.Length == 0 ? "" : Line($"Covered by decisions under other names, and not queued: {summary.Covered.Length}\n");

    // The window that was measured, when it is longer than the one that is reported.
    private static string Evidence(AnalysisSummary summary) =>
        summary.EvidenceWindow == summary.Window
            ? ""
            : Line($"Evidence: {FormatWindow(summary.EvidenceWindow)}, {summary.TotalSessions} sessions; ")
                + Line($"{summary.WindowSessions} in the window\n");

    private static string CouldGo(AnalysisSummary summary)
    {
        var excess = RunWords.Excess(summary) is { Length: > 0 } text ? $"  (the specification's estimate{text})\n" : "";
        var lost = RunWords.WithoutProgress(summary.Guidance) is { } total ? $"Loops: {total}\n" : "";
        if (summary.CouldGo is not { RoutineCount: > 0 } saving)
            return excess + lost;

        var spent = summary.Spent is { } all ? Line($" of {all.Turns:N0} turns and ${all.Usd:N2} spent") : "";
        return excess
            + Line($"\nRoutines worth automating: {saving.RoutineCount}\n")
            + Line($"  - Model turns that could go: {saving.Turns:N0}{(saving.IsAssumed ? ", at an assumed cost" : "")}{spent}\n")
            + Line($"  - What those cost: ${saving.Usd:N2} (95 % interval ${saving.UsdLow:N2} to ${saving.UsdHigh:N2})\n")
            + Line($"  - Waiting that would go: {RunWords.Wait(saving)}\n")
            + lost;
    }

    private static string DisabledRules(AnalysisSummary summary) =>
        summary.DisabledRules.Length == 0 ? "" : $"Disabled Danger Rules: {string.Join(", ", summary.DisabledRules)}{Environment.NewLine}";

    private static string LeftOut(AnalysisSummary summary) =>
        summary.LeftOutPatterns.Values.Sum() is > 0 and var count
            ? Line($" ({count} more say the same in other words or are left out by choice)")
            : "";

    /// <summary>A window in words: <c>24 hours</c> up to now, or hours with their bounds.</summary>
    internal static string FormatWindow(TimeWindow window)
    {
        if (window.Hours is not { } hours)
        {
            return (window.Since, window.Until) switch
            {
                ({ } since, _) => $"since {Instant(since)}",
                (_, { } until) => $"until {Instant(until)}",
                _ => "all events",
            };
        }

        return Line($"{hours:0.##} hours ({Instant(window.Since!.Value)} to {Instant(window.Until!.Value)})");
    }

    private static string Instant(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Line(InvariantText text) => text.Take();
}
