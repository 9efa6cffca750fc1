using System.Text.RegularExpressions;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>A step as a line of a script. What nobody knows to be safe, or reads differently from how it looks, is none.</summary>
internal static partial class StepLine
{
    /// <summary>The line of bash; null when the step is not to be run.</summary>
    public static string? OfPosix(WorkflowStep step)
    {
        if (step is not { Dialect: ShellDialect.Posix, Template: { } template, Danger.Level: DangerLevel.Safe })
            return null;

        var words = template.Words.Select(word => word.Parameter is null ? word.Text : $"\"${word.Parameter}\"").ToArray();
        // What nobody sees in a line, nobody has read and approved.
        if (!PlainCommandLine.Is(words) || words.Any(word => InvisibleText.IsIn(word)))
            return null;
        // In a subshell: a change of the folder must not hold for the lines after it.
        var line = string.Join(' ', words);
        return words.Any(CommandVocabulary.FolderChanges.Contains) && words.Any(PlainCommandLine.Joins) ? $"( {line} )" : line;
    }

    /// <summary>The line of PowerShell; null when the step is not to be run.</summary>
    public static string? OfPowerShell(WorkflowStep step)
    {
        if (step is not { Dialect: ShellDialect.PowerShell, Template: { } template, Danger.Level: DangerLevel.Safe })
            return null;
        if (
            !template.Words.All(word => word.Parameter is not null || PowerShellWord().IsMatch(word.Text))
            || template.Words[0].Parameter is not null
        )
            return null;
        return string.Join(' ', template.Words.Select(word => word.Parameter is null ? word.Text : $"${word.Parameter}"));
    }

    /// <summary>The parameters of the steps that become lines.</summary>
    public static IReadOnlyList<TemplateParameter> Parameters(IEnumerable<WorkflowStep> steps, Func<WorkflowStep, string?> line) =>
        [.. steps.Where(step => line(step) is not null).SelectMany(step => step.Template!.Parameters)];

    /// <summary>A kind of value in a word.</summary>
    public static string NameOf(WordKind kind) => kind.ToString().ToLowerInvariant();

    // Names, options, paths and numbers, and text in single quotes: nothing that is more than it looks.
    [GeneratedRegex(@"^(?:[A-Za-z0-9_./\\:=+-]+|'[^'\u2018-\u201b]*')$")]
    private static partial Regex PowerShellWord();
}
