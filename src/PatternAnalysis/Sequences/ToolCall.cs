namespace PatternAnalysis;

/// <summary>One step of a sequence, as a call.</summary>
/// <param name="Activity">What was done.</param>
/// <param name="StartedAt">When it started, in UTC, to the millisecond, if known.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Duration">How long it took, to the millisecond, if known: as the agent states it, else from its start to its end.</param>
public sealed record ToolCall(string Activity, DateTimeOffset? StartedAt, CallOutcome Outcome, TimeSpan? Duration);
