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

    // A choice that its parameter's help can still list.
    private static readonly HookCondition[] s_conditions = [HookCondition.AfterEdit, HookCondition.BeforeCommit, HookCondition.AtStart];

    private const int PartCount = 5;

    private const int LongestInput = 500;

    /// <summary>Makes the draft.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="parts">
    /// Patterns that are part of it; the first five that are approved, and whose occurrences are in the store, can be done instead of the
    /// whole. What the pattern is a variant of is no part of it.
    /// </param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PatternAnalysisException">The pattern is not approved, or its occurrences are no longer in the store.</exception>
    public WorkflowDraft Draft(
        PatternApproval pattern,
        IReadOnlyList<PatternApproval>? parts = null,
        CancellationToken cancellationToken = default
    )
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

        var occurrences = Read(pattern, cancellationToken);
        if (occurrences.Count == 0)
            throw OccurrenceCollector.NotFound(pattern, pattern.ExampleSessions.Length);

        var summaries = Summarize(pattern, "", occurrences);
        var condition = ConditionOf(ConditionsFor(summaries), occurrences, pattern.Kind == WorthKind.Hook);
        return new WorkflowDraft(
            pattern,
            summaries,
            occurrences.Count,
            occurrences.Select(occurrence => occurrence.CaseId).Distinct().Count()
        )
        {
            Condition = condition,
            Kind = pattern.Kind == WorthKind.NotAssessed ? KindOf(summaries, condition) : pattern.Kind,
            Parts = [.. PartsOf(pattern, parts ?? [], cancellationToken).Take(PartCount)],
        };
    }

    private IReadOnlyList<OccurrenceCollector.Occurrence> Read(PatternApproval pattern, CancellationToken cancellationToken)
    {
        var collector = OccurrenceCollector.Of(pattern, runs, DangerRuleSet.BuiltIn, pattern.ExampleSessions);
        events.Read(collector.Query, collector, cancellationToken);
        return collector.Find(pattern);
    }

    private IEnumerable<WorkflowPart> PartsOf(
        PatternApproval whole,
        IReadOnlyList<PatternApproval> parts,
        CancellationToken cancellationToken
    )
    {
        var number = 1;
        foreach (var part in parts.Where(part => PatternStatus.IsApproved(part.Status) && !IsVariantOf(whole, part)))
        {
            var occurrences = Read(part, cancellationToken);
            if (occurrences.Count == 0)
                continue;
            var name = FormattableString.Invariant($"part{number++}");
            yield return new WorkflowPart(name, SecretMasker.Mask(part.ToolSequence), Summarize(part, name + "_", occurrences));
        }
    }

    // The same steps with their destructive occurrences, which the variant leaves out.
    private static bool IsVariantOf(PatternApproval pattern, PatternApproval other) =>
        pattern.Without is not null
        && other.Without is null
        && StepText.Split(pattern.ToolSequence).SequenceEqual(StepText.Split(other.ToolSequence));

    private static WorkflowStep[] Summarize(
        PatternApproval pattern,
        string prefix,
        IReadOnlyList<OccurrenceCollector.Occurrence> occurrences
    ) =>
        [
            .. StepText
                .Split(pattern.ToolSequence)
                .Select(
                    (step, number) =>
                        Summarize(number, step, prefix, [.. occurrences.Select(occurrence => Given(pattern, occurrence.Steps[number]))])
                ),
        ];

    // Only a hook is told of the edited files, each by itself; whoever runs a script names all of them, in their places.
    private static OccurrenceCollector.Step Given(PatternApproval pattern, OccurrenceCollector.Step step) =>
        pattern.Kind is WorthKind.Hook or WorthKind.NotAssessed ? step : step with { Edited = [] };

    // What only shows something helps at the start alone; of edited files only a hook after edits is told.
    private static HookCondition[] ConditionsFor(WorkflowStep[] steps) =>
        steps.All(step => step.OnlyShows) ? [HookCondition.AtStart]
        : steps.Any(step => step is { IsGiven: true, IsConstant: false }) ? [HookCondition.AfterEdit]
        : s_conditions;

    // The condition that most occurrences meet; of several the first of the list. What an analysis showed to stand where a hook runs it
    // more often than by chance need not stand there most of the time: then the one that it meets most often for its places in those cases.
    private static HookCondition ConditionOf(
        HookCondition[] conditions,
        IReadOnlyList<OccurrenceCollector.Occurrence> occurrences,
        bool isHook
    )
    {
        var met = conditions
            .Select(condition =>
            {
                var count = occurrences.Count(occurrence => occurrence.Condition.HasFlag(condition));
                var expected = occurrences.Sum(occurrence =>
                    (double)occurrence.Case.Count(step => step.HasFlag(condition)) / occurrence.Case.Count
                );
                return (Condition: condition, Count: count, Lift: count == 0 ? 0 : count / expected);
            })
            .ToArray();
        var most = met.MaxBy(one => one.Count);
        return most.Count * 2 > occurrences.Count ? most.Condition
            : isHook && most.Count > 0 ? met.MaxBy(one => one.Lift).Condition
            : HookCondition.None;
    }

    // For a pattern that no run appraised: an earlier version stored it, or it was found by bare names.
    private static WorthKind KindOf(WorkflowStep[] steps, HookCondition condition)
    {
        WorkflowStep[] commands = [.. steps.Where(step => step.Dialect is not null)];
        return commands.Any(step => step.Hint == StepHint.Message) ? WorthKind.Message
            : commands.Length == 0 ? WorthKind.None
            : condition == HookCondition.AfterEdit && commands.All(step => step.IsGiven) ? WorthKind.Hook
            : commands.Length == 1 ? WorthKind.Command
            : WorthKind.Script;
    }

    private static CommandTemplate? TemplateOf(IReadOnlyList<OccurrenceCollector.Step> steps, GivenCommand[] inputs, string prefix) =>
        steps[0].Facts.Hint == StepHint.Message
        && !steps.Any(step => ScriptOf(step.Use, step.Use.Folder) is { } script && CommandText.ChangesFolder(script.Script))
        && MessageTemplate.Of([.. steps.Select(step => step.Facts)], prefix) is { } message
            ? message
            : CommandTemplate.Of(inputs, prefix);

    // What recurs is told without its folder, but it only does the same when it is run there.
    private static string? TextOf(OccurrenceCollector.Step step) =>
        step.Facts.Exact is not { } exact ? ScriptOf(step.Use)?.Command ?? step.Use.Command ?? step.Use.FilePath
        : ScriptOf(step.Use, step.Use.Folder) is var (command, _, script) ? CommandText.Of(command, script, keepsFolder: true) ?? command
        : exact;

    private static (string Command, ShellDialect Dialect, ShellScript Script)? ScriptOf(ToolUse use, string? folder = null)
    {
        if (use is not { Dialect: { } dialect, Command: { } command })
            return null;
        (command, dialect, var script) = ShellCall.Unwrap(command, dialect, ShellReader.Read(command, dialect));
        var stripped = WorkFolder.Strip(command, folder);
        return (stripped, dialect, stripped == command ? script : ShellReader.Read(stripped, dialect));
    }

    private static WorkflowStep Summarize(int number, string activity, string prefix, IReadOnlyList<OccurrenceCollector.Step> steps)
    {
        GivenCommand[] inputs =
        [
            .. steps
                .Select(step => new GivenCommand(SecretMasker.Mask(TextOf(step)?.Trim() ?? ""), step.Edited))
                .Where(input => input.Text.Length > 0),
        ];
        var counted = inputs
            .GroupBy(input => input.Text)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .ToArray();
        var dialect = steps.Select(step => ScriptOf(step.Use)?.Dialect ?? step.Use.Dialect).FirstOrDefault(dialect => dialect is not null);
        return new WorkflowStep(
            number + 1,
            SecretMasker.Mask(activity),
            dialect,
            [.. counted.Take(InputsShown).Select(group => new InputCount(SecretMasker.Mask(group.Key, LongestInput), group.Count()))],
            dialect is null ? null : TemplateOf(steps, inputs, $"{prefix}step{number + 1}"),
            steps.Aggregate(DangerVerdict.Safe, (worst, step) => DangerVerdict.Worst(worst, step.Verdict))
        )
        {
            Hint = steps[0].Facts.Hint,
            OnlyShows = steps[0].Facts.OnlyShows,
            DistinctInputs = counted.Length,
            InputCount = inputs.Length,
        };
    }
}
