namespace PatternAnalysis.Reporting.Html;

/// <summary>The tables and lists of the page.</summary>
internal static class HtmlTables
{
    private const int NamesShown = 10;

    public static void WritePatterns(TextWriter page, string title, int count, IReadOnlyList<ClassifiedPattern> patterns, string? remark = null)
    {
        page.WriteLine(ReportText.Text($"<h2>{title} ({count:N0})</h2>"));
        if (remark is not null)
            page.WriteLine($"<p>{HtmlText.Encode(remark)}</p>");
        if (patterns.Count == 0)
        {
            page.WriteLine("<p>None.</p>");
            return;
        }

        page.WriteLine("<div class=\"table\"><table><thead><tr><th scope=\"col\">Pattern</th><th scope=\"col\" class=\"number\">Sessions</th><th scope=\"col\" class=\"number\">Occurrences</th>"
            + "<th scope=\"col\" class=\"number\">Expected</th><th scope=\"col\" class=\"number\">Lift</th><th scope=\"col\" class=\"number\">p</th><th scope=\"col\" class=\"number\">q</th>"
            + "<th scope=\"col\" class=\"number\">Confidence</th><th scope=\"col\" class=\"number\">Savings</th><th scope=\"col\">Why</th><th scope=\"col\">Id, examples</th></tr></thead><tbody>");
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
            page.WriteLine($"<li><bdi>{HtmlText.Encode(pattern.ToolSequence)}</bdi> <span class=\"soft\">{HtmlText.Encode(pattern.Status)}, <code>{HtmlText.Encode(pattern.PatternId)}</code></span></li>");
        if (patterns.Count > NamesShown)
            page.WriteLine(ReportText.Text($"<li>and {patterns.Count - NamesShown:N0} more</li>"));
        page.WriteLine("</ul>");
    }

    private static string Row(ClassifiedPattern pattern)
    {
        string[] numbers =
        [
            ReportText.Text($"{pattern.SessionCount:N0} of {pattern.TotalSessionCount:N0}"),
            ReportText.Text($"{pattern.OccurrenceCount:N0}"),
            ReportText.Text($"{pattern.ExpectedCount:N1}"),
            ReportText.Text($"{pattern.Lift:0.00}"),
            ReportText.Text($"{pattern.PValue:0.0e+0}"),
            ReportText.Text($"{pattern.QValue:0.0e+0}"),
            ReportText.Text($"{pattern.ConfidenceScore:0.000000}"),
            ReportText.Text($"${pattern.EstimatedSavings:N2}"),
        ];
        var examples = string.Concat(pattern.ExampleSessions.Take(3).Select(session => $"<div class=\"soft\"><bdi>{HtmlText.Encode(session, 40)}</bdi></div>"));
        return $"<tr><td class=\"pattern\"><bdi>{HtmlText.Encode(pattern.ToolSequence)}</bdi></td>{string.Concat(numbers.Select(number => $"<td class=\"number\">{number}</td>"))}"
            + $"<td class=\"why\">{HtmlText.Encode(string.Join("; ", pattern.Reasons))}</td><td class=\"id\">{pattern.PatternId}{examples}</td></tr>";
    }
}
