namespace PatternAnalysis.Review;

/// <summary>What a dialogue came to.</summary>
/// <param name="Decided">The patterns that were decided on, as they are stored now.</param>
/// <param name="SkippedCount">How many were looked at and left as they are.</param>
/// <param name="RemainingCount">How many were not looked at.</param>
public sealed record ReviewOutcome(IReadOnlyList<PatternApproval> Decided, int SkippedCount, int RemainingCount);
