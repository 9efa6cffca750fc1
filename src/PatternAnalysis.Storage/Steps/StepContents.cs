using System.Data.Common;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Steps;

/// <summary>The tables of what steps stand for, and how each content is a row.</summary>
internal sealed class StepContents(ISqlDatabase database)
{
    public ContentTable<StepSource> Sources { get; } =
        new(
            database,
            StepSchema.Sources,
            ["session", "session_id", "source_app", "agent_id", "prompt_id"],
            source => ContentId.Of(source.Session, source.Application, source.Agent, source.Prompt),
            sources =>
                [
                    sources.Select(source => SessionId(source.Session)).ToArray(),
                    sources.Select(source => source.Session).ToArray(),
                    sources.Select(source => source.Application).ToArray(),
                    sources.Select(source => source.Agent).ToArray(),
                    sources.Select(source => source.Prompt).ToArray(),
                ],
            row => new StepSource(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5))
        );

    public ContentTable<StepFacts> Facts { get; } =
        new(
            database,
            StepSchema.Facts,
            ["tool", "operation", "name", "hint", "is_known", "exact", "exact_key", "form", "form_key", "parts", "arguments"],
            facts =>
                ContentId.Of([
                    facts.Tool,
                    facts.Operation,
                    facts.Name,
                    $"{(int)facts.Hint} {facts.IsKnown}",
                    facts.Exact,
                    facts.Template is null ? null : TemplateJson.Write(facts.Template),
                    .. facts.Arguments,
                ]),
            facts =>
                [
                    facts.Select(one => one.Tool).ToArray(),
                    facts.Select(one => one.Operation).ToArray(),
                    facts.Select(one => one.Name).ToArray(),
                    facts.Select(one => (short)one.Hint).ToArray(),
                    facts.Select(one => (short)(one.IsKnown ? 1 : 0)).ToArray(),
                    facts.Select(one => one.Exact).ToArray(),
                    facts.Select(one => KeyOf(one.Tool, one.Exact)).ToArray(),
                    facts.Select(one => one.Template?.Text).ToArray(),
                    facts.Select(one => KeyOf(one.Tool, one.Template?.Text)).ToArray(),
                    facts.Select(one => one.Template is null ? null : TemplateJson.Write(one.Template)).ToArray(),
                    facts.Select(one => TemplateJson.Write(one.Arguments)).ToArray(),
                ],
            row => new StepFacts
            {
                Tool = row.GetString(1),
                Operation = row.GetString(2),
                Name = row.GetString(3),
                Hint = (StepHint)row.GetInt16(4),
                IsKnown = row.GetInt16(5) != 0,
                Exact = Text(row, 6),
                Template = Text(row, 10) is { } parts ? TemplateJson.Read(parts) : null,
                Arguments = TemplateJson.ReadTexts(row.GetString(11)),
            }
        );

    public ContentTable<JudgedStep> Verdicts { get; } =
        new(
            database,
            StepSchema.Verdicts,
            ["level", "rule", "category", "reason", "segment", "disabled_rule", "command"],
            step =>
                ContentId.Of(
                    step.Verdict.Level.ToString(),
                    step.Verdict.RuleId,
                    step.Verdict.Category,
                    step.Verdict.Reason,
                    step.Verdict.Segment,
                    step.Verdict.DisabledRuleId,
                    step.Command
                ),
            steps =>
                [
                    steps.Select(step => (short)step.Verdict.Level).ToArray(),
                    steps.Select(step => step.Verdict.RuleId).ToArray(),
                    steps.Select(step => step.Verdict.Category).ToArray(),
                    steps.Select(step => step.Verdict.Reason).ToArray(),
                    steps.Select(step => step.Verdict.Segment).ToArray(),
                    steps.Select(step => step.Verdict.DisabledRuleId).ToArray(),
                    steps.Select(step => step.Command).ToArray(),
                ],
            row => new JudgedStep(
                new DangerVerdict((DangerLevel)row.GetInt16(1), Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5))
                {
                    DisabledRuleId = Text(row, 6),
                },
                Text(row, 7)
            )
        );

    /// <summary>The hash of a session's id.</summary>
    public static long SessionId(string session) => ContentId.Of(session);

    /// <summary>Forgets what was written: the transaction was taken back, or somebody else removed rows.</summary>
    public void Forget()
    {
        Sources.Forget();
        Facts.Forget();
        Verdicts.Forget();
    }

    private static long? KeyOf(string tool, string? text) => text is null ? null : ContentId.Of(tool, text);

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
