using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Workflows;

/// <summary>Explains how dangerous a stored pattern is, occurrence by occurrence, from the events that are still in the store.</summary>
/// <param name="events">The events.</param>
/// <param name="runs">The runs, which know how events became steps.</param>
/// <param name="rules">The rules to judge by.</param>
public sealed class OccurrenceExplainer(IHookEventReader events, IRunHistory runs, DangerRuleSet rules)
{
    /// <summary>The occurrences of a pattern in all sessions that it was ever seen in, the worst first, then the earliest.</summary>
    /// <exception cref="PatternAnalysisException"><c>OccurrencesNotFound</c>: none is in the store now.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<OccurrenceAssessment> Explain(PatternDetails details, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(details);
        var pattern = details.Approval;
        var collector = OccurrenceCollector.Of(pattern, runs, rules, details.Sessions);
        events.Read(collector.Query, collector, cancellationToken);
        var occurrences = collector.Find(pattern);
        if (occurrences.Count == 0)
            throw OccurrenceCollector.NotFound(pattern, details.Sessions.Count);

        var steps = StepText.Split(pattern.ToolSequence);
        return
        [
            .. occurrences
                .Select(occurrence => Assess(pattern, steps, occurrence))
                .OrderByDescending(occurrence => occurrence.Level)
                .ThenBy(occurrence => occurrence.StartedAt),
        ];
    }

    private static OccurrenceAssessment Assess(
        PatternApproval pattern,
        IReadOnlyList<string> names,
        OccurrenceCollector.Occurrence occurrence
    )
    {
        var danger = occurrence.Danger;
        return new OccurrenceAssessment(
            pattern.PatternId,
            SecretMasker.MaskIdentifier(occurrence.CaseId),
            new DateTimeOffset(occurrence.Steps[0].Ticks, TimeSpan.Zero),
            danger.Level,
            danger.RuleId,
            danger.Reason,
            [.. occurrence.Steps.Select((step, number) => Assess(names[number], step))]
        );
    }

    private static StepAssessment Assess(string name, OccurrenceCollector.Step step) =>
        new(
            name,
            SecretMasker.Mask(
                (step.Judged.Command ?? step.Judged.FilePath ?? step.Judged.ToolName).Trim(),
                DangerVerdict.MaximumCommandLength
            ),
            step.Verdict.Level,
            step.Verdict.RuleId,
            step.Verdict.Segment
        );
}
