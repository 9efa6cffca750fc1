namespace PatternAnalysis;

/// <summary>A loop: a check fails, something is edited, the same check runs again. It is told, never priced as something to save.</summary>
/// <param name="Activity">The check.</param>
/// <param name="Count">How often it came to that.</param>
/// <param name="SessionCount">In how many sessions.</param>
/// <param name="Turns">How many turns of a model the edits and the new checks took.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CostUsd">What they cost, in US dollars.</param>
/// <param name="Duration">From the first check's start to the next one's, pauses of more than five minutes cut.</param>
/// <param name="PassedShare">In which share of the loops the next check passed; null when it is not known how calls ended.</param>
public sealed record GuidanceLoop(
    string Activity,
    int Count,
    int SessionCount,
    double Turns,
    double Tokens,
    double CostUsd,
    TimeSpan Duration,
    double? PassedShare
);
