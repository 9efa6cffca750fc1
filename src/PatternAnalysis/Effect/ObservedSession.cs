namespace PatternAnalysis.Effect;

/// <summary>What one session did, as far as effects are measured by it.</summary>
/// <param name="SessionId">The session; its sub-agents and prompts are part of it.</param>
/// <param name="Groups">Its application and its person, as far as they are known.</param>
/// <param name="Cases">Its activities in order, each with its time, case by case.</param>
/// <param name="Prompts">When its user wrote, in UTC ticks.</param>
public sealed record ObservedSession(
    string SessionId,
    IReadOnlyList<string> Groups,
    IReadOnlyList<IReadOnlyList<ObservedStep>> Cases,
    IReadOnlyList<long> Prompts
);

/// <summary>A step with its time.</summary>
/// <param name="Activity">What was done.</param>
/// <param name="UtcTicks">When, in UTC ticks.</param>
/// <param name="IsEdit">Whether it changes a file.</param>
public readonly record struct ObservedStep(string Activity, long UtcTicks, bool IsEdit);
