using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>The part of a Markdown report that says what could be built, and what only goes round.</summary>
internal static class MarkdownRoutines
{
    private const int RoutinesShown = 20;
    private const int PartsShown = 10;
    private const int GuidanceShown = 10;
    private const int NamesShown = 50;

    public static void Write(AnalysisSummary summary, ReportSections sections, TextWriter writer)
    {
        writer.WriteLine(ReportText.Text($"## Routines, by what they are worth ({sections.Routines.Count:N0})"));
        writer.WriteLine();
        foreach (var (name, value) in MoneyText.Of(summary))
            writer.WriteLine($"- **{name}**: {Text(value)}");
        writer.WriteLine();
        MarkdownMoney.WriteOverTime(summary, writer);
        for (var i = 0; i < Math.Min(RoutinesShown, sections.Routines.Count); i++)
            WriteRoutine(i + 1, sections.Routines[i], summary.Origins, writer);
        if (sections.Routines.Count == 0)
            WriteParagraph("None.", writer);
        if (sections.Routines.Count > RoutinesShown)
            WriteParagraph(ReportText.Text($"And {sections.Routines.Count - RoutinesShown:N0} that are worth less."), writer);
        WriteClasses(summary, writer);
        WriteGuidance(summary.Guidance, writer);
        WriteRest(sections, writer);
    }

    private static void WriteRoutine(int number, Routine routine, SessionOrigins origins, TextWriter writer)
    {
        var (pattern, worth) = (routine.Pattern, routine.Pattern.Worth!);
        writer.WriteLine(ReportText.Text($"### {number}. {Text(RoutineText.Title(pattern))}"));
        writer.WriteLine();
        writer.WriteLine($"- Kind: {Text(RoutineText.State(pattern))}");
        writer.WriteLine($"- How often: {Text(RoutineText.HowOften(pattern))}");
        writer.WriteLine($"- What goes away: {Text(RoutineText.Goes(routine))}");
        writer.WriteLine($"- What to build: {Text(RoutineText.Build(worth))}");
        var against = RoutineText.Against(pattern, origins);
        writer.WriteLine($"- What speaks against it: {(against.Count == 0 ? "nothing that is known" : Text(string.Join("; ", against)))}");
        writer.WriteLine("- Steps:");
        foreach (var step in worth.Steps)
        {
            writer.WriteLine($"  1. {Code(RoutineText.What(step))}: {Text(RoutineText.Describe(step))}");
            foreach (var example in step.Examples.Where(example => example != step.Template))
                writer.WriteLine($"     - {Code(example)}");
        }

        writer.WriteLine();
        if (routine.Parts.Count > 0)
            WriteFolded(
                ReportText.Text($"Its parts ({routine.Parts.Count:N0})"),
                routine.Parts.Select(RoutineText.Part),
                PartsShown,
                writer
            );
    }

    private static void WriteClasses(AnalysisSummary summary, TextWriter writer)
    {
        if (summary.SpentByClass.Length == 0)
            return;
        writer.WriteLine("## Where the turns go");
        writer.WriteLine();
        var all = Math.Max(summary.SpentByClass.Sum(spending => spending.Turns), double.Epsilon);
        foreach (var spending in summary.SpentByClass)
        {
            writer.WriteLine($"- {StepClassText.Describe(spending, all)}");
        }

        writer.WriteLine();
    }

    private static void WriteGuidance(RunGuidance guidance, TextWriter writer)
    {
        if (RunWords.WithoutProgress(guidance) is not { } total)
            return;
        writer.WriteLine("## Loops and retries");
        writer.WriteLine();
        WriteParagraph(GuidanceText.Introduction, writer);
        WriteParagraph($"{total}.", writer);
        foreach (var loop in guidance.Loops.Take(GuidanceShown))
        {
            writer.WriteLine($"- {Code(loop.Activity)} {GuidanceText.Describe(loop)}{Errors(loop.Errors)}");
        }

        if (guidance.Loops.Length > GuidanceShown)
            writer.WriteLine(ReportText.Text($"- and {guidance.Loops.Length - GuidanceShown:N0} that took less"));
        writer.WriteLine();
        if (GuidanceText.LacksErrors(guidance))
            WriteParagraph(GuidanceText.NoErrors, writer);
        WriteFailing(guidance.FailingSteps, writer);
    }

    private static void WriteFailing(FailingStep[] steps, TextWriter writer)
    {
        writer.WriteLine(ReportText.Text($"## Steps that nearly always fail ({steps.Length:N0})"));
        writer.WriteLine();
        WriteParagraph(GuidanceText.FailingIntroduction, writer);
        foreach (var step in steps.Take(GuidanceShown))
        {
            writer.WriteLine($"- {Code(step.Activity)}: {GuidanceText.Describe(step)}{Errors(step.Errors)}");
        }

        if (steps.Length == 0)
            writer.WriteLine("None.");
        writer.WriteLine();
    }

    private static void WriteRest(ReportSections sections, TextWriter writer)
    {
        if (sections.Guidance.Count > 0)
            WriteFolded(
                ReportText.Text($"Patterns that are such loops or failures ({sections.Guidance.Count:N0})"),
                sections.Guidance.Select(RoutineText.Part),
                NamesShown,
                writer
            );
        if (sections.NotAutomatable.Count > 0)
            WriteFolded(
                ReportText.Text($"True, and nothing to automate ({sections.NotAutomatable.Count:N0})"),
                sections.NotAutomatable.Select(RoutineText.Part),
                NamesShown,
                writer
            );
        if (sections.Covered.Count > 0)
            WriteFolded(
                ReportText.Text($"Covered by decisions under other names ({sections.Covered.Count:N0})"),
                sections.Covered.Select(pattern => pattern.ToString()),
                NamesShown,
                writer
            );
        if (sections.NotAssessedCount > 0)
            WriteParagraph(RoutineText.NotAssessed(sections.NotAssessedCount), writer);
    }

    private static void WriteFolded(string title, IEnumerable<string> entries, int shown, TextWriter writer)
    {
        string[] all = [.. entries];
        writer.WriteLine($"<details><summary>{title}</summary>");
        writer.WriteLine();
        foreach (var entry in all.Take(shown))
            writer.WriteLine($"- {Text(entry)}");
        if (all.Length > shown)
            writer.WriteLine(ReportText.Text($"- and {all.Length - shown:N0} more"));
        writer.WriteLine();
        writer.WriteLine("</details>");
        writer.WriteLine();
    }

    private static string Errors(string[] errors) => errors.Length == 0 ? "" : $"; errors begin: {string.Join(", ", errors.Select(Code))}";

    private static void WriteParagraph(string text, TextWriter writer)
    {
        writer.WriteLine(Text(text));
        writer.WriteLine();
    }

    private static string Text(string text) => MarkdownText.Escape(ReportText.Show(text, 1000));

    private static string Code(string text) => MarkdownText.Code(ReportText.Show(text));
}
