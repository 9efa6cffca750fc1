using PatternAnalysis.Analysis;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>The part of the page about work that comes to nothing.</summary>
internal static class HtmlGuidance
{
    private const int Shown = 10;

    public static void Write(TextWriter page, RunGuidance guidance)
    {
        if (RunWords.WithoutProgress(guidance) is not { } total)
            return;
        page.WriteLine($"<h2>Loops and retries</h2><p>{HtmlText.Encode(GuidanceText.Introduction)}</p><p>{HtmlText.Encode(total)}.</p>");
        if (guidance.Loops.All(loop => loop.Errors.Length == 0) && guidance.FailingSteps.All(step => step.Errors.Length == 0))
            page.WriteLine($"<p class=\"soft\">{HtmlText.Encode(GuidanceText.NoErrors)}</p>");
        WriteTable(
            page,
            ["What fails", "What happens", "Times", "Sessions", "Time lost", "Turns", "Tokens", "Next try passed", "Errors begin"],
            guidance.Loops.Take(Shown).Select(Row)
        );
        if (guidance.Loops.Length > Shown)
            page.WriteLine(ReportText.Text($"<p>And {guidance.Loops.Length - Shown:N0} that took less.</p>"));
        page.WriteLine(ReportText.Text($"<h2>Steps that nearly always fail ({guidance.FailingSteps.Length:N0})</h2>"));
        page.WriteLine($"<p>{HtmlText.Encode(GuidanceText.FailingIntroduction)}</p>");
        WriteTable(
            page,
            ["Step", "Failed", "Calls", "Sessions", "Time lost", "Turns", "Tokens", "Errors begin"],
            guidance.FailingSteps.Take(Shown).Select(Row)
        );
    }

    private static string[] Row(GuidanceLoop loop) =>
        [
            loop.Activity,
            GuidanceText.NameOf(loop.Kind),
            ReportText.Text($"{loop.Count:N0}"),
            ReportText.Text($"{loop.SessionCount:N0}"),
            RunWords.Time(loop.Duration),
            ReportText.Text($"{loop.Turns:N0}"),
            ReportText.Text($"{loop.Tokens:N0}"),
            GuidanceText.Passed(loop),
            string.Join("; ", loop.Errors),
        ];

    private static string[] Row(FailingStep step) =>
        [
            step.Activity,
            ReportText.Text($"{step.FailedCount:N0}"),
            ReportText.Text($"{step.CallCount:N0}"),
            ReportText.Text($"{step.SessionCount:N0}"),
            RunWords.Time(step.Duration),
            ReportText.Text($"{step.Turns:N0}"),
            ReportText.Text($"{step.Tokens:N0}"),
            string.Join("; ", step.Errors),
        ];

    // The first column is a name and the last one words; those between are numbers, but for one of words.
    private static void WriteTable(TextWriter page, string[] titles, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            page.WriteLine("<p>None.</p>");
            return;
        }

        string ClassOf(int column) =>
            column == 0 ? " class=\"pattern\""
            : column == titles.Length - 1 || titles[column] == "What happens" ? " class=\"why\""
            : " class=\"number\"";
        var head = titles.Select((title, column) => $"<th scope=\"col\"{ClassOf(column)}>{title}</th>");
        page.WriteLine($"<div class=\"table\"><table><thead><tr>{string.Concat(head)}</tr></thead><tbody>");
        foreach (var row in all)
        {
            var cells = row.Select(
                (cell, column) => $"<td{ClassOf(column)} data-label=\"{titles[column]}\"><bdi>{HtmlText.Encode(cell)}</bdi></td>"
            );
            page.WriteLine($"<tr>{string.Concat(cells)}</tr>");
        }

        page.WriteLine("</tbody></table></div>");
    }
}
