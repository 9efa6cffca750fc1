using System.Text;
using PatternAnalysis.Danger;
using PatternAnalysis.Reporting;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>
/// A draft as a bash script. Without <c>--run</c> it only shows what it would do; a step that is not known to be safe, or is no command, is
/// a comment.
/// </summary>
internal sealed class ScriptWriter : IWorkflowWriter
{
    private const int LongestName = 120;

    public string FileOf(WorkflowDraft draft) => $"{draft.Name}.sh";

    public string Write(WorkflowDraft draft)
    {
        var pattern = draft.Pattern;
        TemplateParameter[] parameters =
        [
            .. draft.Steps.Where(step => LineOf(step) is not null).SelectMany(step => step.Template!.Parameters),
        ];
        var text = new StringBuilder("#!/usr/bin/env bash\n")
            .Append(Comment($"DRAFT of pattern {pattern.PatternId}: {pattern.ToolSequence}"))
            .Append(
                Comment(
                    ReportText.Text(
                        $"{pattern.Status}; confidence {pattern.ConfidenceScore:0.######}, {pattern.OccurrenceCount:N0} occurrences; commands from {draft.OccurrenceCount:N0} occurrences in {draft.SessionCount:N0} sessions."
                    )
                )
            )
            .Append(Comment("Made of what agents did. Read every command before you run it; without --run the script only shows itself."))
            .Append("set -euo pipefail\n\n")
            .Append(
                Comment(
                    $"Usage: {draft.Name}.sh --run {string.Join(' ', parameters.Select(parameter => parameter.Name.ToUpperInvariant()))}"
                )
            )
            .Append("if [ \"${1:-}\" != --run ]; then\n    cat \"$0\"\n    exit 0\nfi\nshift\n\n");
        for (var i = 0; i < parameters.Length; i++)
        {
            text.Append(
                Comment(
                    ReportText.Text(
                        $"{parameters[i].DistinctCount:N0} values seen, for example {string.Join(", ", parameters[i].Examples)}"
                    )
                )
            );
            text.Append(FormattableString.Invariant($"{parameters[i].Name}=${{{i + 1}:?{parameters[i].Name} is missing}}\n"));
        }

        foreach (var step in draft.Steps)
            WriteStep(step, text);
        return text.ToString();
    }

    private static void WriteStep(WorkflowStep step, StringBuilder text)
    {
        text.Append('\n')
            .Append(Comment(FormattableString.Invariant($"Step {step.Number}: {ReportText.Show(step.Activity, LongestName)}")));
        if (LineOf(step) is { } line)
        {
            text.Append(
                Comment(
                    ReportText.Text(
                        $"{step.Template!.MatchCount:N0} of {step.InputCount:N0} commands have this form; {step.DistinctInputs:N0} are different."
                    )
                )
            );
            text.Append(line).Append('\n');
            return;
        }

        if (step.Danger.Level != DangerLevel.Safe)
            text.Append(
                Comment($"Not run, {step.Danger.Level.ToString().ToLowerInvariant()}: {step.Danger.Reason} [{step.Danger.RuleId}]")
            );
        else
            text.Append(Comment("Not run: this is work of the agent, or its commands have no common form. Most often:"));
        foreach (var input in step.Inputs)
            text.Append(Comment(ReportText.Text($"  {input.Count:N0} x {input.Text}")));
    }

    /// <summary>The step as a line of the script; null when it is not to be run.</summary>
    private static string? LineOf(WorkflowStep step)
    {
        if (step is not { Dialect: ShellDialect.Posix, Template: { } template, Danger.Level: DangerLevel.Safe })
            return null;

        var words = template.Words.Select(word => word.Parameter is null ? word.Text : $"\"${word.Parameter}\"").ToArray();
        // What nobody sees in a line, nobody has read and approved.
        return PlainCommandLine.Is(words) && !words.Any(word => InvisibleText.IsIn(word)) ? string.Join(' ', words) : null;
    }

    private static string Comment(string text) => $"# {ReportText.Show(text, 1000)}\n";
}
