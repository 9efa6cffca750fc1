namespace PatternAnalysis.Classification;

/// <summary>A decision of the policy.</summary>
/// <param name="Status">One of <see cref="PatternStatus"/>'s automatic states.</param>
/// <param name="IsDestructive">Whether a step is destructive.</param>
/// <param name="Reasons">Why, in words; at least one.</param>
public sealed record PolicyDecision(string Status, bool IsDestructive, IReadOnlyList<string> Reasons);
