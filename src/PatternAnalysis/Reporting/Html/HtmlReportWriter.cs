using System.Security.Cryptography;
using System.Text;
using PatternAnalysis.Analysis;
using PatternAnalysis.Metrics;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>
/// The report of a run as one self-contained page: no script, nothing from elsewhere. A policy in the page forbids all but its own style
/// sheet, so that even a text that slipped through the encoding could not run or load anything.
/// </summary>
public sealed class HtmlReportWriter : IReportWriter
{
    private static readonly string s_style = ReadStyle();

    /// <inheritdoc/>
    public void Write(AnalysisSummary summary, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using var page = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            NewLine = "\n",
        };
        var sections = ReportSections.Of(summary);
        WriteStart(page);
        WriteHead(page, summary);
        HtmlRoutines.Write(page, summary, sections);
        HtmlGuidance.Write(page, summary.Guidance);
        HtmlRoutines.WriteRest(page, sections);
        HtmlEffects.Write(page, summary);
        WriteComparison(page, summary);
        HtmlFigures.Write(page, summary);
        HtmlTables.WritePatterns(page, PatternStatus.TitleOf(PatternStatus.AutoApproved), sections.Approved.Count, sections.Approved);
        HtmlTables.WritePatterns(page, PatternStatus.TitleOf(PatternStatus.Pending), sections.Pending.Count, sections.Pending);
        HtmlTables.WritePatterns(page, "Rejected: destructive", sections.Destructive.Count, sections.Destructive);
        HtmlTables.WritePatterns(
            page,
            "Rejected: too likely a coincidence",
            sections.CoincidenceCount,
            sections.Coincidences,
            sections.CoincidenceText
        );
        WriteExcluded(page, summary);
        page.WriteLine("</body></html>");
    }

    private static void WriteStart(TextWriter page)
    {
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_style)));
        page.WriteLine("<!DOCTYPE html>");
        page.WriteLine("<html lang=\"en\"><head><meta charset=\"utf-8\"/>");
        page.WriteLine(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                + $"'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\"/>"
        );
        page.WriteLine(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"referrer\" content=\"no-referrer\"/>"
        );
        page.WriteLine($"<title>Pattern analysis</title><style>{s_style}</style></head><body>");
    }

    private static void WriteHead(TextWriter page, AnalysisSummary summary)
    {
        page.WriteLine("<h1>Pattern analysis</h1>");
        page.WriteLine(
            ReportText.Text(
                $"<p class=\"soft\">Run of "
                    + $"{summary.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}{(summary.DryRun ? ", a dry run: nothing was saved" : "")}. "
                    + $"{HtmlText.Encode(ReportText.Ground(summary))}.</p>"
            )
        );
        page.WriteLine("<dl class=\"tiles\">");
        WriteTile(page, "Sessions", ReportText.Text($"{summary.TotalSessions:N0}"));
        WriteTile(page, "Patterns", ReportText.Text($"{summary.PatternsFound:N0}"));
        WriteTile(page, "New", ReportText.Text($"{summary.NewPatterns:N0}"));
        WriteTile(page, PatternStatus.TitleOf(PatternStatus.AutoApproved), ReportText.Text($"{summary.AutoApproved:N0}"));
        WriteTile(page, PatternStatus.TitleOf(PatternStatus.Pending), ReportText.Text($"{summary.Pending:N0}"));
        WriteTile(page, "Rejected", ReportText.Text($"{summary.AutoRejected:N0}"));
        WriteTile(page, "Spent", summary.Spent is { } spent ? ReportText.Text($"${spent.Usd:N2}") : "not known");
        WriteTile(page, "Could go (cash)", ReportText.Text($"${summary.CouldGo.Usd:N2}"));
        WriteTile(page, "The specification's estimate", ReportText.Text($"${summary.TotalSavings:N2}"));
        page.WriteLine("</dl>");
        foreach (var sentence in summary.GivenUp)
            page.WriteLine($"<div class=\"note\"><p>{HtmlText.Encode(sentence, 1000)}</p></div>");
        if (summary.DisabledRules.Length > 0)
            page.WriteLine($"<div class=\"note\"><p>{HtmlText.Encode(ReportText.DisabledRules(summary), 2000)}</p></div>");
        page.WriteLine(
            $"<div class=\"note\"><p>{HtmlText.Encode(ReportText.Confidence(summary), 1000)}</p>"
                + $"<p>{HtmlText.Encode(ReportText.Savings(summary), 1000)}</p></div>"
        );
    }

    private static void WriteTile(TextWriter page, string name, string value) =>
        page.WriteLine($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static void WriteComparison(TextWriter page, AnalysisSummary summary)
    {
        if (summary.Comparison is not { } comparison)
            return;

        page.WriteLine("<h2>Since the last run</h2>");
        if (comparison.Previous is not { } previous)
        {
            page.WriteLine("<p>This is the first run of this database.</p>");
            return;
        }

        page.WriteLine(
            ReportText.Text(
                $"<p>The last run was on {previous.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm'Z'}: {previous.PatternsFound:N0} patterns "
                    + $"in {previous.SessionCount:N0} sessions, window {HtmlText.Encode(SummaryText.FormatWindow(previous.Window))}. "
                    + $"<em>New</em> was never stored before; <em>gone</em> was seen in the last run's window "
                    + $"and is not found in this one. Patterns that are rejected are in neither list.</p>"
            )
        );
        HtmlTables.WriteNames(page, "New", comparison.New);
        HtmlTables.WriteNames(page, "Gone", comparison.Gone);
        HtmlFigures.WriteRuns(page, summary, comparison.Runs);
    }

    private static void WriteExcluded(TextWriter page, AnalysisSummary summary)
    {
        page.WriteLine(
            ReportText.Text(
                $"<h2>Left out</h2><p>{summary.EventCount:N0} events were read in the "
                    + $"window; {summary.Excluded.Values.Sum():N0} of them were left out.</p>"
            )
        );
        WriteCounts(page, summary.Excluded, EventReading.Explain);
        if (summary.LeftOutPatterns.Count == 0)
            return;

        page.WriteLine(
            ReportText.Text(
                $"<p>{summary.LeftOutPatterns.Values.Sum():N0} further closed patterns were tested and "
                    + $"are not shown; <code>-AllPatterns</code> or <code>--all-patterns</code> shows them.</p>"
            )
        );
        WriteCounts(page, summary.LeftOutPatterns.ToDictionary(entry => entry.Key, entry => (long)entry.Value), LeftOutPatterns.Explain);
    }

    private static void WriteCounts(TextWriter page, IReadOnlyDictionary<string, long> counts, Func<string, string> explain)
    {
        if (counts.Count == 0)
            return;

        page.WriteLine("<ul>");
        foreach (var (reason, count) in counts.OrderByDescending(entry => entry.Value))
            page.WriteLine(
                ReportText.Text($"<li>{count:N0}: {HtmlText.Encode(explain(reason))} <code>{HtmlText.Encode(reason)}</code></li>")
            );
        page.WriteLine("</ul>");
    }

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReportWriter).Assembly.GetManifestResourceStream("PatternAnalysis.Reporting.Html.report.css")!;
        using var reader = new StreamReader(stream);
        // The policy's hash is of the text as a browser reads it, and a browser reads every line end as \n.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
