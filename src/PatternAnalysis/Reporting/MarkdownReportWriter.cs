using System.Text;
using PatternAnalysis.Analysis;
using PatternAnalysis.Figures;
using PatternAnalysis.Metrics;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>
/// The report of a run in Markdown: the summary, what changed, the patterns with their numbers and reasons, and what was left out and why.
/// </summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    /// <inheritdoc/>
    public void Write(AnalysisSummary summary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        Write(summary, writer);
    }

    /// <summary>Writes the report as text.</summary>
    public static void Write(AnalysisSummary summary, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(summary);
        ArgumentNullException.ThrowIfNull(writer);
        var sections = ReportSections.Of(summary);
        WriteHead(summary, writer);
        MarkdownRoutines.Write(summary, sections, writer);
        MarkdownMoney.WriteEffects(summary, writer);
        WriteComparison(summary, writer);
        WritePatterns(writer, PatternStatus.TitleOf(PatternStatus.AutoApproved), sections.Approved);
        WritePatterns(writer, PatternStatus.TitleOf(PatternStatus.Pending), sections.Pending);
        WritePatterns(writer, "Rejected: destructive", sections.Destructive);
        WriteWorstOccurrences(writer, sections.Destructive);
        WriteCoincidences(sections, writer);
        WriteExcluded(summary, writer);
    }

    private static void WriteHead(AnalysisSummary summary, TextWriter writer)
    {
        writer.WriteLine("# Daily pattern analysis");
        writer.WriteLine();
        writer.WriteLine(
            ReportText.Text(
                $"Run of {summary.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}{(summary.DryRun ? ", a dry run: nothing was saved" : "")}."
            )
        );
        writer.WriteLine();
        writer.WriteLine("```text");
        writer.WriteLine(SummaryText.Format(summary));
        writer.WriteLine("```");
        writer.WriteLine();
        writer.WriteLine(MarkdownText.Escape(ReportText.Savings(summary)));
        writer.WriteLine();
        writer.WriteLine(MarkdownText.Escape(ReportText.Confidence(summary)));
        writer.WriteLine();
        writer.WriteLine(MarkdownText.Escape($"Every number: {ReportText.Ground(summary)}."));
        writer.WriteLine();
    }

    private static void WriteComparison(AnalysisSummary summary, TextWriter writer)
    {
        if (summary.Comparison is not { } comparison)
            return;

        writer.WriteLine("## Since the last run");
        writer.WriteLine();
        writer.WriteLine(
            comparison.Previous is { } previous
                ? ReportText.Text(
                    $"The last run was on {previous.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {previous.PatternsFound:N0} "
                        + $"patterns in {previous.SessionCount:N0} sessions, window {SummaryText.FormatWindow(previous.Window)}."
                )
                : "This is the first run of this database."
        );
        writer.WriteLine();
        WriteNames(writer, "New", comparison.New);
        WriteNames(writer, "Gone", comparison.Gone);
        writer.WriteLine();
    }

    private static void WriteNames(TextWriter writer, string title, IReadOnlyList<PatternApproval> patterns)
    {
        const int Shown = 10;
        writer.WriteLine(ReportText.Text($"- {title}: {patterns.Count:N0}"));
        foreach (var pattern in patterns.Take(Shown))
            writer.WriteLine(
                ReportText.Text(
                    $"  - {MarkdownText.Escape(ReportText.Show(pattern.ToolSequence))} "
                        + $"({Cell(pattern.Status)}, {Cell(pattern.PatternId)}{ReportText.LastEvidence(pattern)})"
                )
            );
        if (patterns.Count > Shown)
            writer.WriteLine(ReportText.Text($"  - and {patterns.Count - Shown:N0} more"));
    }

    private static void WritePatterns(TextWriter writer, string title, IReadOnlyList<ClassifiedPattern> patterns)
    {
        writer.WriteLine(ReportText.Text($"## {title} ({patterns.Count:N0})"));
        writer.WriteLine();
        WriteTable(patterns, writer);
    }

    private static void WriteWorstOccurrences(TextWriter writer, IReadOnlyList<ClassifiedPattern> patterns)
    {
        foreach (var pattern in patterns.Where(pattern => pattern.WorstOccurrences.Length > 0))
        {
            writer.WriteLine($"{Cell(pattern.ToolSequence)}: {pattern.Levels}, among them:");
            writer.WriteLine();
            foreach (var occurrence in pattern.WorstOccurrences)
                writer.WriteLine($"- {MarkdownText.Escape(ReportText.Describe(occurrence))}");
            writer.WriteLine();
        }
    }

    private static void WriteCoincidences(ReportSections sections, TextWriter writer)
    {
        writer.WriteLine(ReportText.Text($"## Rejected: too likely a coincidence ({sections.CoincidenceCount:N0})"));
        writer.WriteLine();
        if (sections.CoincidenceText is { } text)
        {
            writer.WriteLine(text);
            writer.WriteLine();
        }

        WriteTable(sections.Coincidences, writer);
    }

    private static void WriteTable(IReadOnlyList<ClassifiedPattern> patterns, TextWriter writer)
    {
        if (patterns.Count == 0)
        {
            writer.WriteLine("None.");
            writer.WriteLine();
            return;
        }

        WriteRow(["Pattern", .. PatternFigures.OfReports.Select(figure => figure.Title), "Why", "Id", "Examples"], writer);
        writer.WriteLine($"|---|{string.Concat(Enumerable.Repeat("--:|", PatternFigures.OfReports.Count))}---|---|---|");
        foreach (var pattern in patterns)
        {
            WriteRow(
                [
                    Cell(pattern.ToolSequence),
                    .. PatternFigures.OfReports.Select(figure => figure.ShowWithWhole(pattern)),
                    Cell(string.Join("; ", pattern.Reasons)),
                    Cell(pattern.PatternId),
                    Cell(string.Join(", ", pattern.ExampleSessions.Take(3))),
                ],
                writer
            );
        }

        writer.WriteLine();
    }

    private static void WriteExcluded(AnalysisSummary summary, TextWriter writer)
    {
        writer.WriteLine("## Left out");
        writer.WriteLine();
        writer.WriteLine(
            ReportText.Text(
                $"{summary.EventCount:N0} events were read in the window; {summary.Excluded.Values.Sum():N0} of them were left out."
            )
        );
        writer.WriteLine();
        foreach (var (reason, count) in summary.Excluded.OrderByDescending(entry => entry.Value))
            writer.WriteLine(ReportText.Text($"- {count:N0}: {EventReading.Explain(reason)} (`{reason}`)"));
        foreach (var sentence in summary.GivenUp)
        {
            writer.WriteLine();
            writer.WriteLine(MarkdownText.Escape(sentence));
        }

        if (summary.DisabledRules.Length > 0)
        {
            writer.WriteLine();
            writer.WriteLine(MarkdownText.Escape(ReportText.DisabledRules(summary)));
        }

        if (summary.LeftOutPatterns.Count == 0)
            return;

        writer.WriteLine();
        writer.WriteLine(
            ReportText.Text(
                $"{summary.LeftOutPatterns.Values.Sum():N0} further closed patterns were "
                    + $"tested and are not shown; `-AllPatterns` or `--all-patterns` shows them."
            )
        );
        writer.WriteLine();
        foreach (var (reason, count) in summary.LeftOutPatterns.OrderByDescending(entry => entry.Value))
            writer.WriteLine(ReportText.Text($"- {count:N0}: {LeftOutPatterns.Explain(reason)} (`{reason}`)"));
    }

    private static void WriteRow(IEnumerable<string> cells, TextWriter writer) => writer.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Cell(string text) => MarkdownText.Escape(ReportText.Show(text));
}
