using System.Globalization;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Reporting;

/// <summary>The report of a run in Markdown: the summary, the patterns with their numbers and reasons, and what was left out and why.</summary>
public static class MarkdownReport
{
    private const int CoincidencesShown = 20;

    /// <summary>Writes the report.</summary>
    public static void Write(AnalysisSummary summary, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(writer);
        WriteHead(summary, writer);
        WritePatterns(summary, writer, "Approved by policy", PatternStatus.AutoApproved);
        WritePatterns(summary, writer, "Waiting for review", PatternStatus.Pending);
        WriteRejected(summary, writer);
        WriteExcluded(summary, writer);
    }

    private static void WriteHead(AnalysisSummary summary, TextWriter writer)
    {
        writer.WriteLine("# Daily pattern analysis");
        writer.WriteLine();
        writer.WriteLine(Text($"Run of {summary.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}{(summary.DryRun ? ", a dry run: nothing was saved" : "")}."));
        writer.WriteLine();
        writer.WriteLine("```text");
        writer.WriteLine(SummaryText.Format(summary));
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine(Text($"Of the estimated savings, ${summary.WorthAutomating:N2} come from patterns that are approved or wait for review. Savings count each step once, however many patterns share it."));
        writer.WriteLine();
        writer.WriteLine(summary.Patterns is [{ ConfidenceModel: ConfidenceModel.Frequency }, ..]
            ? "**Confidence** here is the original's: the share of sessions that hold the pattern, boosted for many. It does not tell a routine from chance."
            : "**Confidence**: of the patterns shown with confidence c or more, at most a share 1 - c is expected to be coincidence: steps that stand side by side only because the sessions contain many of them.");
        writer.WriteLine();
    }

    private static void WritePatterns(AnalysisSummary summary, TextWriter writer, string title, string status)
    {
        var patterns = summary.Patterns.Where(pattern => pattern.Status == status).OrderByDescending(pattern => pattern.Impact).ToArray();
        writer.WriteLine(Text($"## {title} ({patterns.Length:N0})"));
        writer.WriteLine();
        WriteTable(patterns, writer);
    }

    private static void WriteRejected(AnalysisSummary summary, TextWriter writer)
    {
        var rejected = summary.Patterns.Where(pattern => pattern.Status == PatternStatus.AutoRejected).ToArray();
        var destructive = rejected.Where(pattern => pattern.IsDestructive).OrderByDescending(pattern => pattern.OccurrenceCount).ToArray();
        writer.WriteLine(Text($"## Rejected: destructive ({destructive.Length:N0})"));
        writer.WriteLine();
        WriteTable(destructive, writer);

        var coincidences = rejected.Where(pattern => !pattern.IsDestructive)
            .OrderByDescending(pattern => pattern.ConfidenceScore).ThenByDescending(pattern => pattern.EstimatedSavings).ToArray();
        writer.WriteLine(Text($"## Rejected: too likely a coincidence ({coincidences.Length:N0})"));
        writer.WriteLine();
        if (coincidences.Length > CoincidencesShown)
        {
            writer.WriteLine(Text($"The {CoincidencesShown} with the highest confidence. {summary.NotStored:N0} of all {coincidences.Length:N0} have no row in the database."));
            writer.WriteLine();
        }

        WriteTable(coincidences.Take(CoincidencesShown).ToArray(), writer);
    }

    private static void WriteTable(ClassifiedPattern[] patterns, TextWriter writer)
    {
        if (patterns.Length == 0)
        {
            writer.WriteLine("None.");
            writer.WriteLine();
            return;
        }

        writer.WriteLine("| Pattern | Sessions | Occurrences | Expected | Lift | p | q | Confidence | Savings | Why | Id | Examples |");
        writer.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|---|");
        foreach (var pattern in patterns)
        {
            writer.WriteLine(Text(
                $"| {MarkdownText.Escape(pattern.ToolSequence)} | {pattern.SessionCount:N0} of {pattern.TotalSessionCount:N0} | {pattern.OccurrenceCount:N0} | {pattern.ExpectedCount:N1} | {pattern.Lift:0.00} | {pattern.PValue:0.0e+0} | {pattern.QValue:0.0e+0} | {pattern.ConfidenceScore:0.000000} | ${pattern.EstimatedSavings:N2} | {MarkdownText.Escape(string.Join("; ", pattern.Reasons))} | {pattern.PatternId} | {MarkdownText.Escape(string.Join(", ", pattern.ExampleSessions.Take(3)))} |"));
        }

        writer.WriteLine();
    }

    private static void WriteExcluded(AnalysisSummary summary, TextWriter writer)
    {
        writer.WriteLine("## Left out");
        writer.WriteLine();
        writer.WriteLine(Text($"{summary.EventCount:N0} events were read in the window; {summary.Excluded.Values.Sum():N0} of them were left out."));
        writer.WriteLine();
        foreach (var (reason, count) in summary.Excluded.OrderByDescending(entry => entry.Value))
            writer.WriteLine(Text($"- {count:N0}: {EventReading.Explain(reason)} (`{reason}`)"));
        if (summary.LeftOutPatterns.Count == 0)
            return;

        writer.WriteLine();
        writer.WriteLine(Text($"{summary.LeftOutPatterns.Values.Sum():N0} further closed patterns were tested and are not shown; `-AllPatterns` or `--all-patterns` shows them."));
        writer.WriteLine();
        foreach (var (reason, count) in summary.LeftOutPatterns.OrderByDescending(entry => entry.Value))
            writer.WriteLine(Text($"- {count:N0}: {LeftOutPatterns.Explain(reason)} (`{reason}`)"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
