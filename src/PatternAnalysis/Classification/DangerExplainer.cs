using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Classification;

/// <summary>Explains verdicts to people.</summary>
public sealed class DangerExplainer(DangerAssessor assessor)
{
    /// <summary>Explains the verdict on a command.</summary>
    public DangerAssessment ExplainCommand(string command, ShellDialect dialect)
    {
        var script = ShellReader.Read(command, dialect);
        var segments = script.Segments.Zip(
            assessor.AssessSegments(script),
            (segment, verdict) => new SegmentAssessment(Shown(segment.Text), verdict.Level, verdict.RuleId)
        );
        return Assess(command, assessor.AssessScript(script), [.. segments]);
    }

    /// <summary>Explains the verdict on the names of a pattern's steps; what the tools were given is not known from them.</summary>
    /// <param name="steps">The pattern's activities.</param>
    public DangerAssessment ExplainPattern(IReadOnlyList<string> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var verdicts = steps.Select(step => (Step: step, Verdict: ActivityVerdict.Of(step, assessor))).ToArray();
        var worst = verdicts.Aggregate(DangerVerdict.Safe, (worst, step) => DangerVerdict.Worst(worst, step.Verdict));
        return Assess(
            StepText.Join(steps),
            worst,
            [.. verdicts.Select(step => new SegmentAssessment(Shown(step.Step), step.Verdict.Level, step.Verdict.RuleId))]
        );
    }

    private static DangerAssessment Assess(string text, DangerVerdict verdict, SegmentAssessment[] segments) =>
        new(Shown(text), verdict.Level, verdict.RuleId, verdict.Category, verdict.Reason, verdict.Segment, segments);

    private static string Shown(string text) => SecretMasker.Mask(text, DangerVerdict.MaximumSegmentLength);
}
