using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting.Html;

/// <summary>The part of the page that says what could be built.</summary>
internal static class HtmlRoutines
{
    private const int RoutinesShown = 20;
    private const int PartsShown = 20;
    private const int NamesShown = 50;

    public static void Write(TextWriter page, AnalysisSummary summary, ReportSections sections)
    {
        page.WriteLine(ReportText.Text($"<h2>Routines, by what they are worth ({sections.Routines.Count:N0})</h2>"));
        WriteMoney(page, summary);
        if (sections.Routines.Count == 0)
            page.WriteLine("<p>None.</p>");
        WriteClassPicture(page, summary);
        WriteWorthPicture(page, summary, sections);
        page.WriteLine("<ol class=\"routines\">");
        foreach (var routine in sections.Routines.Take(RoutinesShown))
            WriteRoutine(page, routine, summary.Origins);
        page.WriteLine("</ol>");
        if (sections.Routines.Count > RoutinesShown)
            page.WriteLine(ReportText.Text($"<p>And {sections.Routines.Count - RoutinesShown:N0} that are worth less.</p>"));
    }

    /// <summary>What is true and leaves nothing to automate, and what nothing is known of.</summary>
    public static void WriteRest(TextWriter page, ReportSections sections)
    {
        if (sections.Guidance.Count > 0)
            WriteFolded(
                page,
                ReportText.Text($"Patterns that are such loops or failures ({sections.Guidance.Count:N0})"),
                sections.Guidance.Select(RoutineText.Part),
                NamesShown
            );
        if (sections.NotAutomatable.Count > 0)
            WriteFolded(
                page,
                ReportText.Text($"True, and nothing to automate ({sections.NotAutomatable.Count:N0})"),
                sections.NotAutomatable.Select(RoutineText.Part),
                NamesShown
            );
        if (sections.Covered.Count > 0)
            WriteFolded(
                page,
                ReportText.Text($"Covered by decisions under other names ({sections.Covered.Count:N0})"),
                sections.Covered.Select(pattern => pattern.ToString()),
                NamesShown
            );
        if (sections.NotAssessedCount > 0)
            page.WriteLine($"<p>{HtmlText.Encode(RoutineText.NotAssessed(sections.NotAssessedCount))}</p>");
    }

    private static void WriteMoney(TextWriter page, AnalysisSummary summary)
    {
        page.WriteLine("<dl class=\"money\">");
        foreach (var (name, value) in MoneyText.Of(summary))
            page.WriteLine($"<dt>{HtmlText.Encode(name)}</dt><dd>{HtmlText.Encode(value, 1000)}</dd>");
        page.WriteLine("</dl>");
        var periods = MoneyPeriod.Of(summary.SpentByDay);
        if (periods.Count > 1)
            HtmlFigures.WriteFigure(
                page,
                MoneyOverTimeChart.Draw(periods),
                $"Spent, and in front of it what could go. {MoneyPeriod.Explanation(summary.SpentByDay)} {ReportText.Ground(summary)}."
            );
    }

    private static void WriteClassPicture(TextWriter page, AnalysisSummary summary)
    {
        if (summary.SpentByClass.Length == 0)
            return;
        HtmlFigures.WriteFigure(
            page,
            ClassChart.Draw(summary.SpentByClass),
            "Where the turns go: turns of models by what their steps are to an automation. A turn that asked for several calls "
                + $"counts for each in part. {ReportText.Ground(summary)}."
        );
    }

    private static void WriteWorthPicture(TextWriter page, AnalysisSummary summary, ReportSections sections)
    {
        Routine[] saving = [.. sections.Routines.Where(routine => routine.Usd > 0).Take(10)];
        if (saving.Length == 0)
            return;
        HtmlFigures.WriteFigure(
            page,
            WorthChart.Draw(saving),
            "What the turns that could go cost, by routine; what its parts add is lighter. Every turn counts once, so the bars add "
                + $"up. {ReportText.Ground(summary)}."
        );
    }

    private static void WriteRoutine(TextWriter page, Routine routine, SessionOrigins origins)
    {
        var (pattern, worth) = (routine.Pattern, routine.Pattern.Worth!);
        var against = RoutineText.Against(pattern, origins);
        page.WriteLine($"<li><h3><bdi>{HtmlText.Encode(RoutineText.Title(pattern))}</bdi></h3>");
        page.WriteLine($"<p class=\"soft\">{HtmlText.Encode(RoutineText.State(pattern))}</p><dl class=\"facts\">");
        WriteFact(page, "How often", RoutineText.HowOften(pattern));
        WriteFact(page, "What goes away", RoutineText.Goes(routine));
        WriteFact(page, "What to build", RoutineText.Build(worth));
        WriteFact(page, "What speaks against it", against.Count == 0 ? "nothing that is known" : string.Join("; ", against));
        page.WriteLine("</dl><ol class=\"steps\">");
        foreach (var step in worth.Steps)
            WriteStep(page, step);
        page.WriteLine("</ol>");
        if (routine.Parts.Count > 0)
            WriteFolded(page, ReportText.Text($"Its parts ({routine.Parts.Count:N0})"), routine.Parts.Select(RoutineText.Part), PartsShown);
        page.WriteLine("</li>");
    }

    private static void WriteFact(TextWriter page, string name, string value) =>
        page.WriteLine($"<dt>{name}</dt><dd><bdi>{HtmlText.Encode(value, 1000)}</bdi></dd>");

    private static void WriteStep(TextWriter page, StepWorth step)
    {
        page.WriteLine($"<li><code>{HtmlText.Encode(RoutineText.What(step))}</code>");
        page.WriteLine($"<span class=\"soft\">{HtmlText.Encode(RoutineText.Describe(step))}</span>");
        string[] examples = [.. step.Examples.Where(example => example != step.Template)];
        if (examples.Length > 0)
            page.WriteLine($"<ul>{string.Concat(examples.Select(example => $"<li><code>{HtmlText.Encode(example)}</code></li>"))}</ul>");
        page.WriteLine("</li>");
    }

    private static void WriteFolded(TextWriter page, string title, IEnumerable<string> entries, int shown)
    {
        string[] all = [.. entries];
        page.WriteLine($"<details><summary>{title}</summary><ul>");
        foreach (var entry in all.Take(shown))
            page.WriteLine($"<li><bdi>{HtmlText.Encode(entry, 600)}</bdi></li>");
        if (all.Length > shown)
            page.WriteLine(ReportText.Text($"<li>and {all.Length - shown:N0} more</li>"));
        page.WriteLine("</ul></details>");
    }
}
