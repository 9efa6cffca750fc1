using PatternAnalysis.Figures;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>The tables and lists of the page.</summary>
internal static class HtmlTables
{
    private const int NamesShown = 10;

    public static void WritePatterns(
        TextWriter page,
        string title,
        int count,
        IReadOnlyList<ClassifiedPattern> patterns,
        string? remark = null
    )
    {
        page.WriteLine(ReportText.Text($"<h2>{title} ({count:N0})</h2>"));
        if (remark is not null)
            page.WriteLine($"<p>{HtmlText.Encode(remark)}</p>");
        if (patterns.Count == 0)
        {
            page.WriteLine("<p>None.</p>");
            return;
        }

        var numbers = string.Concat(
            PatternFigures.OfReports.Select(figure =>
                $"<th scope=\"col\" class=\"number\" title=\"{HtmlText.Encode(figure.Explanation)}\">{HtmlText.Encode(figure.Title)}</th>"
            )
        );
        page.WriteLine(
            $"<div class=\"table\"><table><thead><tr><th scope=\"col\">Pattern</th>{numbers}<th scope=\"col\">Why</th></tr></thead><tbody>"
        );
        foreach (var pattern in patterns)
            page.WriteLine(Row(pattern));
        page.WriteLine("</tbody></table></div>");
    }

    public static void WriteNames(TextWriter page, string title, IReadOnlyList<PatternApproval> patterns)
    {
        page.WriteLine(ReportText.Text($"<p><strong>{title}: {patterns.Count:N0}</strong></p>"));
        if (patterns.Count == 0)
            return;

        page.WriteLine("<ul>");
        foreach (var pattern in patterns.Take(NamesShown))
            page.WriteLine(
                $"<li>{Sequence(pattern.ToolSequence)} <span class=\"soft\">{HtmlText.Encode(pattern.Status)}, "
                    + $"<code>{HtmlText.Encode(pattern.PatternId)}</code>{ReportText.LastEvidence(pattern)}</span></li>"
            );
        if (patterns.Count > NamesShown)
            page.WriteLine(ReportText.Text($"<li>and {patterns.Count - NamesShown:N0} more</li>"));
        page.WriteLine("</ul>");
    }

    private static string Row(ClassifiedPattern pattern)
    {
        var numbers = string.Concat(
            PatternFigures.OfReports.Select(figure =>
                $"<td class=\"number\" data-label=\"{HtmlText.Encode(figure.Title)}\">{HtmlText.Encode(figure.ShowWithWhole(pattern))}</td>"
            )
        );
        var examples = string.Join(", ", pattern.ExampleSessions.Take(3).Select(session => $"<bdi>{HtmlText.Encode(session, 40)}</bdi>"));
        return $"<tr><td class=\"pattern\">{Sequence(pattern.ToolSequence)}<div "
            + $"class=\"soft\"><code>{pattern.PatternId}</code> in {examples}</div></td>"
            + $"{numbers}<td class=\"why\">{HtmlText.Encode(string.Join("; ", pattern.Reasons))}{WorstOccurrences(pattern)}</td></tr>";
    }

    private static string WorstOccurrences(ClassifiedPattern pattern) =>
        pattern is { IsDestructive: true, WorstOccurrences.Length: > 0 }
            ? $"<p>{HtmlText.Encode(pattern.Levels.ToString())}, among them:</p>"
                + $"<ul>{string.Concat(pattern.WorstOccurrences.Select(Item))}</ul>"
            : "";

    private static string Item(DangerousOccurrence occurrence) =>
        $"<li><bdi>{HtmlText.Encode(ReportText.Describe(occurrence), int.MaxValue)}</bdi></li>";

    // A line may end behind an arrow, rather than inside a name.
    private static string Sequence(string text) => $"<bdi>{HtmlText.Encode(text).Replace("→", "→<wbr/>", StringComparison.Ordinal)}</bdi>";
}
