using PatternAnalysis.Danger;

namespace PatternAnalysis.Approvals;

/// <summary>What a pattern was like when a person decided on it, or when the person was last told that it had changed.</summary>
/// <param name="PolicyStatus">The state that the policy gave.</param>
/// <param name="DangerLevel">How dangerous it was.</param>
/// <param name="OccurrenceCount">How often it had been seen.</param>
internal sealed record ReviewBaseline(string PolicyStatus, DangerLevel DangerLevel, long OccurrenceCount)
{
    /// <summary>What a pattern is like at the moment of a decision; null when no run has said, and then the next one does.</summary>
    public static ReviewBaseline? Of(StoredPattern stored)
    {
        // A human's state hides the policy's; what the policy said last is in the baseline before.
        var policyStatus = PatternStatus.IsHuman(stored.Row.Status) ? stored.Baseline?.PolicyStatus : stored.Row.Status;
        return policyStatus is not null && stored.Evidence is { } evidence
            ? new ReviewBaseline(policyStatus, evidence.Danger.Level, stored.Row.OccurrenceCount)
            : null;
    }
}
