using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

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
                $"Pattern '{pattern.PatternId}' is {pattern.Status}. Only what is approved is automated: review it first (Approve-Pattern, or 'pattern-analysis review --approve')."
            );
        }

        var steps = StepText.Split(pattern.ToolSequence);
        var collector = OccurrenceCollector.Of(pattern, runs, DangerRuleSet.BuiltIn, pattern.ExampleSessions);
        events.Read(collector.Query, collector, cancellationToken);
        var occurrences = collector.Find(pattern);
        if (occurrences.Count == 0)
            throw OccurrenceCollector.NotFound(pattern, pattern.ExampleSessions.Length);

        return new WorkflowDraft(
            pattern,
            [
                .. steps.Select(
                    (_, number) => Summarize(number, steps[number], [.. occurrences.Select(occurrence => occurrence.Steps[number])])
                ),
            ],
            occurrences.Count,
            occurrences.Select(occurrence => occurrence.CaseId).Distinct().Count()
        );
    }

    private static WorkflowStep Summarize(int number, string activity, IReadOnlyList<OccurrenceCollector.Step> steps)
    {
        string[] inputs =
        [
            .. steps
                .Select(step => step.Use.Command ?? step.Use.FilePath)
                .OfType<string>()
                .Select(text => SecretMasker.Mask(text.Trim()))
                .Where(text => text.Length > 0),
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
            dialect is null ? null : CommandTemplate.Of(inputs, $"step{number + 1}"),
            steps.Aggregate(DangerVerdict.Safe, (worst, step) => DangerVerdict.Worst(worst, step.Verdict))
        )
        {
            DistinctInputs = counted.Length,
            InputCount = inputs.Length,
        };
    }
}
