using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Reporting;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>
/// A draft as a script: of PowerShell when its commands are, else of bash. Without <c>--run</c> (<c>-Run</c>) it only shows what it would
/// do; a step that is not known to be safe, or is no command, is a comment.
/// </summary>
internal sealed class ScriptWriter : IWorkflowWriter
{
    private const int LongestName = 120;

    public string FileOf(WorkflowDraft draft) => $"{draft.Name}{(IsPowerShell(draft) ? ".ps1" : ".sh")}";

    public string Write(WorkflowDraft draft) => IsPowerShell(draft) ? WritePowerShell(draft) : WriteBash(draft);

    private static bool IsPowerShell(WorkflowDraft draft)
    {
        var dialects = draft.Steps.Select(step => step.Dialect).OfType<ShellDialect>().ToArray();
        return dialects.Length > 0 && dialects.All(dialect => dialect == ShellDialect.PowerShell);
    }

    private static string WriteBash(WorkflowDraft draft)
    {
        var text = new StringBuilder("#!/usr/bin/env bash\n")
            .Append(Head(draft))
            .Append(Comment("Made of what agents did. Read every command before you run it; without --run the script only shows itself."))
            .Append("set -euo pipefail\n\n")
            .Append(Comment($"Usage: {draft.Name}.sh --run{Usage(draft.Steps)}"));
        foreach (var part in draft.Parts)
            text.Append(Comment($"   or: {draft.Name}.sh --run --part {part.Name}{Usage(part.Steps)}  for {part.ToolSequence}"));
        text.Append("if [ \"${1:-}\" != --run ]; then\n    cat \"$0\"\n    exit 0\nfi\nshift\n\n");
        if (draft.Parts.Count == 0)
            return WriteBash(draft.Steps, text).ToString();

        text.Append("part=whole\nif [ \"${1:-}\" = --part ]; then\n    part=${2:?the part is missing}\n    shift 2\nfi\n");
        text.Append("case $part in\nwhole)\n");
        WriteBash(draft.Steps, text).Append(";;\n");
        foreach (var part in draft.Parts)
            WriteBash(part.Steps, text.Append($"{part.Name})\n{Comment(part.ToolSequence)}")).Append(";;\n");
        return text.Append("*)\necho \"there is no part $part\" >&2\nexit 2\n;;\nesac\n").ToString();
    }

    private static string Usage(IReadOnlyList<WorkflowStep> steps) =>
        string.Concat(StepLine.Parameters(steps, StepLine.OfPosix).Select(parameter => $" {parameter.Name.ToUpperInvariant()}"));

    private static StringBuilder WriteBash(IReadOnlyList<WorkflowStep> steps, StringBuilder text)
    {
        var parameters = StepLine.Parameters(steps, StepLine.OfPosix);
        for (var i = 0; i < parameters.Count; i++)
        {
            text.Append(Seen(parameters[i]));
            text.Append(FormattableString.Invariant($"{parameters[i].Name}=${{{i + 1}:?{parameters[i].Name} is missing}}\n"));
            if (parameters[i].Kind == WordKind.Number)
                text.Append($"case ${parameters[i].Name} in *[!0-9]*) echo \"{parameters[i].Name} is no number\" >&2; exit 2 ;; esac\n");
        }

        foreach (var step in steps)
            WriteStep(step, BashStatement, text);
        return text;
    }

    // Of "a && b" alone bash goes on when a fails, in spite of "set -e"; not so of a subshell.
    private static string? BashStatement(WorkflowStep step) =>
        StepLine.OfPosix(step) is not { } line ? null
        : line[0] != '(' && line.Contains(" && ", StringComparison.Ordinal) ? $"( {line} )"
        : line;

    private static string WritePowerShell(WorkflowDraft draft)
    {
        var text = new StringBuilder()
            .Append(Head(draft))
            .Append(Comment("Made of what agents did. Read every command before you run it; without -Run the script only shows itself."))
            .Append("[CmdletBinding()]\nparam(\n");
        WriteParameters(draft.Steps, text);
        foreach (var part in draft.Parts)
            WriteParameters(part.Steps, text.Append("    ").Append(Comment($"{part.Name}: {part.ToolSequence}")));
        if (draft.Parts.Count > 0)
            text.Append($"    [ValidateSet('whole', {string.Join(", ", draft.Parts.Select(part => $"'{part.Name}'"))})]\n")
                .Append("    [string] $Part = 'whole',\n");
        text.Append("    [switch] $Run\n)\n\n$ErrorActionPreference = 'Stop'\n")
            .Append("if (-not $Run) {\n    Get-Content -LiteralPath $PSCommandPath\n    return\n}\n$global:LASTEXITCODE = 0\n");
        if (draft.Parts.Count == 0)
            return WritePowerShell(draft.Steps, text).ToString();

        WritePowerShell(draft.Steps, text.Append("switch ($Part) {\n'whole' {\n")).Append("}\n");
        foreach (var part in draft.Parts)
            WritePowerShell(part.Steps, text.Append($"'{part.Name}' {{\n")).Append("}\n");
        return text.Append("}\n").ToString();
    }

    private static void WriteParameters(IReadOnlyList<WorkflowStep> steps, StringBuilder text)
    {
        foreach (var parameter in StepLine.Parameters(steps, StepLine.OfPowerShell))
        {
            text.Append("    ").Append(Seen(parameter));
            text.Append($"    [Parameter()][{(parameter.Kind == WordKind.Number ? "long" : "string")}] ${parameter.Name},\n");
        }
    }

    private static StringBuilder WritePowerShell(IReadOnlyList<WorkflowStep> steps, StringBuilder text)
    {
        foreach (var parameter in StepLine.Parameters(steps, StepLine.OfPowerShell))
            text.Append($"if (-not $PSBoundParameters.ContainsKey('{parameter.Name}')) {{ throw '{parameter.Name} is missing' }}\n");
        foreach (var step in steps)
            WriteStep(step, PowerShellStatement, text);
        return text;
    }

    // A program that fails is no error to PowerShell.
    private static string? PowerShellStatement(WorkflowStep step) =>
        StepLine.OfPowerShell(step) is { } line
            ? line + FormattableString.Invariant($"\nif ($LASTEXITCODE) {{ throw \"step {step.Number} failed: $LASTEXITCODE\" }}")
            : null;

    private static string Head(WorkflowDraft draft)
    {
        var pattern = draft.Pattern;
        return Comment($"DRAFT of pattern {pattern.PatternId}: {pattern.ToolSequence}")
            + Comment(
                ReportText.Text(
                    $"{pattern.Status}; confidence {pattern.ConfidenceScore:0.######}, {pattern.OccurrenceCount:N0} occurrences; "
                ) + ReportText.Text($"commands from {draft.OccurrenceCount:N0} occurrences in {draft.SessionCount:N0} sessions.")
            );
    }

    private static string Seen(TemplateParameter parameter) =>
        Comment(
            parameter.DistinctCount == 0
                ? StepLine.NameOf(parameter.Kind)
                : ReportText.Text($"{StepLine.NameOf(parameter.Kind)}: {parameter.DistinctCount:N0} values seen, for example ")
                    + string.Join(", ", parameter.Examples)
        );

    private static void WriteStep(WorkflowStep step, Func<WorkflowStep, string?> lineOf, StringBuilder text)
    {
        text.Append('\n')
            .Append(Comment(FormattableString.Invariant($"Step {step.Number}: {ReportText.Show(step.Activity, LongestName)}")));
        if (lineOf(step) is { } line)
        {
            text.Append(
                Comment(
                    ReportText.Text($"{step.Template!.MatchCount:N0} of {step.InputCount:N0} commands have this form; ")
                        + ReportText.Text($"{step.DistinctInputs:N0} are different.")
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

    private static string Comment(string text) => $"# {ReportText.Show(text, 1000)}\n";
}
