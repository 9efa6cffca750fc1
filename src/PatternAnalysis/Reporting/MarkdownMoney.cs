using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>The part of a Markdown report that follows money: by time, and since approvals.</summary>
internal static class MarkdownMoney
{
    private const int PeriodsShown = 14;

    /// <summary>What was spent and what could go, a line a day or a week.</summary>
    public static void WriteOverTime(AnalysisSummary summary, TextWriter writer)
    {
        var periods = MoneyPeriod.Of(summary.SpentByDay);
        if (periods.Count < 2)
            return;
        writer.WriteLine("### Spent, and what could go, over time");
        writer.WriteLine();
        WriteRow(["From (UTC)", "Spent", "Could go"], writer);
        writer.WriteLine("|---|--:|--:|");
        foreach (var period in periods.TakeLast(PeriodsShown))
            WriteRow([period.Name, ReportText.Text($"${period.SpentUsd:N2}"), ReportText.Text($"${period.CouldGoUsd:N2}")], writer);
        writer.WriteLine();
        writer.WriteLine(MarkdownText.Escape(MoneyPeriod.Explanation(summary.SpentByDay)));
        writer.WriteLine();
    }

    /// <summary>What became of approved patterns.</summary>
    public static void WriteEffects(AnalysisSummary summary, TextWriter writer)
    {
        if (summary.Adopted.Length == 0)
            return;
        writer.WriteLine($"## {EffectText.Title}");
        writer.WriteLine();
        foreach (var pattern in summary.Adopted)
        {
            writer.WriteLine($"### {Text(pattern.ToolSequence)}");
            writer.WriteLine();
            writer.WriteLine(Text(EffectText.Describe(pattern)));
            writer.WriteLine();
            if (StoredEffect.Read(pattern.Effect) is not { } effect)
                continue;
            writer.WriteLine($"**{Text(effect.Verdict)}**");
            writer.WriteLine();
            WriteRow(EffectText.Columns, writer);
            writer.WriteLine("|---|--:|--:|--:|---|");
            foreach (var row in effect.Rows)
                WriteRow([Text(row.Name), row.Before, row.After, row.Ratio, row.Interval], writer);
            writer.WriteLine();
            writer.WriteLine(Text($"How often, by {effect.Exposure}, {StoredEffect.Explanation}"));
            writer.WriteLine();
            if (effect.Realised is { } realised)
            {
                writer.WriteLine(Text($"{realised}."));
                writer.WriteLine();
            }
        }
    }

    private static void WriteRow(IEnumerable<string> cells, TextWriter writer) => writer.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Text(string text) => MarkdownText.Escape(ReportText.Show(text, 1000));
}
