using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>The part of the page that says what became of approved patterns.</summary>
internal static class HtmlEffects
{
    public static void Write(TextWriter page, AnalysisSummary summary)
    {
        if (summary.Adopted.Length == 0)
            return;
        page.WriteLine($"<h2>{EffectText.Title}</h2>");
        foreach (var pattern in summary.Adopted)
        {
            page.WriteLine($"<h3><bdi>{HtmlText.Encode(pattern.ToolSequence)}</bdi></h3>");
            page.WriteLine($"<p class=\"soft\"><bdi>{HtmlText.Encode(EffectText.Describe(pattern), 1000)}</bdi></p>");
            if (StoredEffect.Read(pattern.Effect) is { } effect)
                WriteEffect(page, effect);
        }
    }

    private static void WriteEffect(TextWriter page, StoredEffect effect)
    {
        page.WriteLine($"<p><strong>{HtmlText.Encode(effect.Verdict, 1000)}</strong></p>");
        page.WriteLine(
            $"<p class=\"soft\">How often, by {HtmlText.Encode(effect.Exposure)}, {HtmlText.Encode(StoredEffect.Explanation, 1000)}</p>"
        );
        var head = EffectText.Columns.Select((title, column) => $"<th scope=\"col\"{ClassOf(column)}>{title}</th>");
        page.WriteLine($"<div class=\"table\"><table><thead><tr>{string.Concat(head)}</tr></thead><tbody>");
        foreach (var row in effect.Rows)
        {
            string[] cells = [row.Name, row.Before, row.After, row.Ratio, row.Interval];
            var shown = cells.Select(
                (cell, column) =>
                    $"<td{ClassOf(column)} data-label=\"{EffectText.Columns[column]}\"><bdi>{HtmlText.Encode(cell)}</bdi></td>"
            );
            page.WriteLine($"<tr>{string.Concat(shown)}</tr>");
        }

        page.WriteLine("</tbody></table></div>");
        if (effect.Realised is { } realised)
            page.WriteLine($"<p>{HtmlText.Encode(realised, 1000)}.</p>");
    }

    private static string ClassOf(int column) => column == 0 ? " class=\"pattern\"" : " class=\"number\"";
}
