using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Copies;

/// <summary>
/// What is known of the danger of steps whose verdicts did not come along: what their names tell, and never that they are
/// safe.
/// </summary>
internal static class LostDanger
{
    private static readonly DangerAssessor s_assessor = new(DangerRuleSet.BuiltIn);

    public static DangerVerdict Of(IReadOnlyList<string> steps) =>
        steps.Aggregate(Unknown(steps), (worst, step) => DangerVerdict.Worst(worst, ActivityVerdict.Of(step, s_assessor)));

    private static DangerVerdict Unknown(IReadOnlyList<string> steps) =>
        new(
            DangerLevel.Unknown,
            "copy.incomplete",
            DangerVerdict.UnknownCategory,
            "what the steps were given was lost when the object was copied",
            SecretMasker.Mask(StepText.Join(steps), DangerVerdict.MaximumSegmentLength)
        );
}
