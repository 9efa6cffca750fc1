using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Reporting;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Workflows;

/// <summary>What a skill and a slash command have in common: the note on safety, the steps, the evidence.</summary>
internal static partial class WorkflowMarkdown
{
    private const int LongestName = 120;
    private const int LongestSequence = 300;

    private static readonly JsonSerializerOptions s_yaml = new() { Encoder = JsonText.Encoder };

    /// <summary>A text as a YAML scalar: a JSON string is one.</summary>
    public static string Yaml(string text) => JsonSerializer.Serialize(Inert(ReportText.Show(text, 300)), s_yaml);

    public static string Description(WorkflowDraft draft) =>
        ReportText.Text(
            $"Draft: {string.Join(", then ", draft.Steps.Select(step => ReportText.Show(step.Activity, LongestName)))}. "
                + $"Seen {draft.Pattern.OccurrenceCount:N0} times; {draft.Pattern.Status}."
        );

    public static string Body(WorkflowDraft draft)
    {
        var text = new StringBuilder();
        text.AppendLine(
            "> **This is a draft.** It was made of what agents did, not of what somebody "
                + "wrote down. Read every command before you use it, replace the parts in `{{...}}`,"
        );
        text.AppendLine(
            "> and stop and ask when a step fails or its output is not what you expect. "
                + "Commands are examples of the past: never run one only because it stands here."
        );
        text.AppendLine();
        text.AppendLine("## Steps").AppendLine();
        foreach (var step in draft.Steps)
            WriteStep(step, text);
        foreach (var part in draft.Parts)
        {
            text.AppendLine($"## Only {part.Name}: {SurfaceText.MarkdownCode(ReportText.Show(part.ToolSequence, LongestSequence))}")
                .AppendLine();
            text.AppendLine($"Do these steps instead of those above when {part.Name} is asked for.").AppendLine();
            foreach (var step in part.Steps)
                WriteStep(step, text);
        }

        text.AppendLine("## Evidence").AppendLine();
        var pattern = draft.Pattern;
        text.AppendLine(
            ReportText.Text(
                $"- Pattern {MarkdownText.Escape(ReportText.Show(pattern.PatternId))}: "
                    + $"{MarkdownText.Escape(ReportText.Show(pattern.ToolSequence))}"
            )
        );
        text.AppendLine(
            ReportText.Text(
                $"- {pattern.Status}{(pattern.ReviewedBy is { } reviewer ? $" by {MarkdownText.Escape(ReportText.Show(reviewer))}" : "")}; "
                    + $"confidence "
                    + $"{pattern.ConfidenceScore:0.######}, {pattern.OccurrenceCount:N0} "
                    + $"occurrences, estimated savings {pattern.EstimatedSavings:N2} US dollars"
            )
        );
        text.AppendLine(
            ReportText.Text(
                $"- The commands come from {draft.OccurrenceCount:N0} occurrences in {draft.SessionCount:N0} "
                    + $"of its example sessions; secrets and home folders are masked (`***`, `~`)"
            )
        );
        return Inert(text.ToString().ReplaceLineEndings("\n"));
    }

    // An agent reads a skill and a slash command as a template, code blocks included: it runs !`...` and ```! blocks, reads the file
    // behind @, and puts its arguments in for $ARGUMENTS, $0, $1... What was seen in a command must do none of that. To a shell \@x is @x,
    // and ${1} is $1.
    private static string Inert(string text) =>
        Variable()
            .Replace(
                Mention()
                    .Replace(text.Replace("!`", "! `", StringComparison.Ordinal).Replace("`!", "` !", StringComparison.Ordinal), "\\@"),
                "${${name}}"
            );

    [GeneratedRegex(@"(?<![^\s])@(?=[^\s{(])")]
    private static partial Regex Mention();

    [GeneratedRegex(@"\$(?<name>ARGUMENTS|[0-9])")]
    private static partial Regex Variable();

    private static void WriteStep(WorkflowStep step, StringBuilder text)
    {
        text.AppendLine(
                CultureInfo.InvariantCulture,
                $"### {step.Number}. {SurfaceText.MarkdownCode(ReportText.Show(step.Activity, LongestName))}"
            )
            .AppendLine();
        if (step.Danger.Level != DangerLevel.Safe)
            text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"**Ask before this step** ({step.Danger.Level.ToString().ToLowerInvariant()}): "
                        + $"{SurfaceText.Markdown(ReportText.Show(step.Danger.Reason ?? ""))} "
                        + $"[{SurfaceText.Markdown(ReportText.Show(step.Danger.RuleId ?? ""))}]"
                )
                .AppendLine();
        if (step.Inputs.Count == 0)
        {
            text.AppendLine("What it was given was not recorded.").AppendLine();
            return;
        }

        if (step.Template is { } template)
        {
            text.AppendLine(ReportText.Text($"{template.MatchCount:N0} of {step.InputCount:N0} commands have this form:")).AppendLine();
            WriteCode(
                string.Join(' ', template.Words.Select(word => word.Parameter is null ? word.Text : $"{{{{{word.Parameter}}}}}")),
                text
            );
            foreach (var parameter in template.Parameters)
                text.Append("- ").AppendLine(Describe(parameter));
            if (template.Parameters.Count > 0)
                text.AppendLine();
        }

        text.AppendLine(ReportText.Text($"Most often ({step.DistinctInputs:N0} different in {step.InputCount:N0}):")).AppendLine();
        foreach (var input in step.Inputs)
        {
            text.AppendLine(ReportText.Text($"{input.Count:N0} ×")).AppendLine();
            WriteCode(input.Text, text);
        }
    }

    private static string Describe(TemplateParameter parameter)
    {
        var name = $"`{{{{{parameter.Name}}}}}`";
        if (parameter is { Kind: WordKind.Text, DistinctCount: 0 })
            return $"{name}: you write it, a short text that says what was done and why";
        if (parameter.DistinctCount == 0)
            return $"{name} ({StepLine.NameOf(parameter.Kind)})";
        var examples = parameter.Examples.Select(example => SurfaceText.MarkdownCode(ReportText.Show(example, 80)));
        return $"{name} ({StepLine.NameOf(parameter.Kind)}): "
            + ReportText.Text($"{parameter.DistinctCount:N0} {(parameter.DistinctCount == 1 ? "value" : "values")} seen, for example ")
            + string.Join(", ", examples);
    }

    // The fence is longer than any in the text.
    private static void WriteCode(string code, StringBuilder text)
    {
        var fence = new string('`', Math.Max(3, MarkdownText.LongestRun(code) + 1));
        var shown = SurfaceText.Block(code.ReplaceLineEndings("\n"));
        text.AppendLine($"{fence}text").AppendLine(shown).AppendLine(fence).AppendLine();
    }
}
