using PatternAnalysis.Danger;

namespace PatternAnalysis.Approvals;

/// <summary>What the policy and the rules say of a pattern, whatever a person decided on it.</summary>
/// <param name="PolicyStatus">The state that the policy gives: one of <see cref="PatternStatus"/>'s automatic ones.</param>
/// <param name="Danger">The verdict on its worst occurrence.</param>
public sealed record PatternAssessment(string PolicyStatus, DangerVerdict Danger);

/// <summary>What a pattern was like when a person decided on it, or when the person was last told that it had changed.</summary>
/// <param name="PolicyStatus">The state that the policy gave.</param>
/// <param name="DangerLevel">How dangerous it was.</param>
/// <param name="OccurrenceCount">How often it had been seen.</param>
internal sealed record ReviewBaseline(string PolicyStatus, DangerLevel DangerLevel, long OccurrenceCount);
