using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Metrics;
using PatternAnalysis.Payloads;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Workflows;

/// <summary>Drafts an automation of a pattern that somebody, or the policy, approved, from what its example sessions really did.</summary>
public sealed class WorkflowDrafter(IHookEventReader events, IRunHistory runs)
{
    private const int InputsShown = 3;
    private const int LongestInput = 500;

    /// <summary>Makes the draft.</summary>
    /// <exception cref="PatternAnalysisException">The pattern is not approved, or its occurrences are no longer in the store.</exception>
    public WorkflowDraft Draft(PatternApproval pattern, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!PatternStatus.IsApproved(pattern.Status))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.PatternNotApproved,
                $"Pattern '{pattern.PatternId}' is {pattern.Status}. Only what is approved is "
                    + $"automated: review it first (Approve-Pattern, or 'pattern-analysis review --approve')."
            );
        }

        var steps = StepText.Split(pattern.ToolSequence);
        var collector = OccurrenceCollector.Of(pattern, runs, DangerRuleSet.BuiltIn, pattern.ExampleSessions);
        events.Read(collector.Query, collector, cancellationToken);
        var occurrences = collector.Find(pattern);
        if (occurrences.Count == 0)
            throw OccurrenceCollector.NotFound(pattern, pattern.ExampleSessions.Length);

        WorkflowStep[] summaries =
        [
            .. steps.Select((step, number) => Summarize(number, step, [.. occurrences.Select(occurrence => occurrence.Steps[number])])),
        ];
        var condition = ConditionOf(occurrences);
        return new WorkflowDraft(
            pattern,
            summaries,
            occurrences.Count,
            occurrences.Select(occurrence => occurrence.CaseId).Distinct().Count()
        )
        {
            Condition = condition,
            Kind = pattern.Kind == WorthKind.NotAssessed ? KindOf(summaries, condition) : pattern.Kind,
        };
    }

    // The condition that most occurrences meet; of several the first of the list.
    private static HookCondition ConditionOf(IReadOnlyList<OccurrenceCollector.Occurrence> occurrences)
    {
        var (condition, count) = new[] { HookCondition.AfterEdit, HookCondition.BeforeCommit, HookCondition.AtStart }
            .Select(condition => (condition, occurrences.Count(occurrence => occurrence.Condition.HasFlag(condition))))
            .MaxBy(entry => entry.Item2);
        return count * 2 > occurrences.Count ? condition : HookCondition.None;
    }

    // Of a pattern that no run appraised: one of another version, or of bare names.
    private static WorthKind KindOf(WorkflowStep[] steps, HookCondition condition)
    {
        WorkflowStep[] commands = [.. steps.Where(step => step.Dialect is not null)];
        return commands.Any(step => step.Hint == StepHint.Message) ? WorthKind.Message
            : commands.Length == 0 ? WorthKind.None
            : condition == HookCondition.AfterEdit && commands.All(step => step.IsConstant) ? WorthKind.Hook
            : commands.Length == 1 ? WorthKind.Command
            : WorthKind.Script;
    }

    private static CommandTemplate? TemplateOf(IReadOnlyList<OccurrenceCollector.Step> steps, string[] inputs, string prefix) =>
        steps[0].Facts.Hint == StepHint.Message
        && !steps.Any(step => ScriptOf(step.Use) is { } script && CommandText.ChangesFolder(script.Script))
        && MessageTemplate.Of([.. steps.Select(step => step.Facts)], prefix) is { } message
            ? message
            : CommandTemplate.Of(inputs, prefix);

    // What recurs is told without its folder, but it only does the same when it is run there.
    private static string? TextOf(OccurrenceCollector.Step step) =>
        step.Facts.Exact is not { } exact ? step.Use.Command ?? step.Use.FilePath
        : ScriptOf(step.Use) is var (command, script) ? CommandText.Of(command, script, keepsFolder: true) ?? step.Use.Command
        : exact;

    private static (string Command, ShellScript Script)? ScriptOf(ToolUse use)
    {
        if (use is not { Dialect: { } dialect, Command: { } command })
            return null;
        command = WorkFolder.Strip(command, use.Folder);
        return (command, ShellReader.Read(command, dialect));
    }

    private static WorkflowStep Summarize(int number, string activity, IReadOnlyList<OccurrenceCollector.Step> steps)
    {
        string[] inputs =
        [
            .. steps.Select(TextOf).OfType<string>().Select(text => SecretMasker.Mask(text.Trim())).Where(text => text.Length > 0),
        ];
        var counted = inputs
            .GroupBy(text => text)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        var dialect = steps.Select(step => step.Use.Dialect).FirstOrDefault(dialect => dialect is not null);
        return new WorkflowStep(
            number + 1,
            SecretMasker.Mask(activity),
            dialect,
            [.. counted.Take(InputsShown).Select(group => new InputCount(SecretMasker.Mask(group.Key, LongestInput), group.Count()))],
            dialect is null ? null : TemplateOf(steps, inputs, $"step{number + 1}"),
            steps.Aggregate(DangerVerdict.Safe, (worst, step) => DangerVerdict.Worst(worst, step.Verdict))
        )
        {
            Hint = steps[0].Facts.Hint,
            DistinctInputs = counted.Length,
            InputCount = inputs.Length,
        };
    }
}
