using System.Globalization;

namespace PatternAnalysis;

/// <summary>A loop: a call fails and is tried again. It is told, never priced as something to save.</summary>
/// <param name="Kind">What happens between.</param>
/// <param name="Activity">What fails: the check, the call, the edit.</param>
/// <param name="Count">How often it came to that.</param>
/// <param name="SessionCount">In how many sessions.</param>
/// <param name="Turns">How many turns of a model went from the failure to the next try; of a failed edit its own as well.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CostUsd">What they cost, in US dollars.</param>
/// <param name="Duration">From the failed call's start to the next try's, pauses of more than five minutes cut.</param>
/// <param name="PassedShare">In which share of the loops the next try passed, from 0 to 1; null when it is not known how calls
/// ended.</param>
/// <param name="Errors">The words that its errors begin with, most frequent first and masked; empty where no error is kept.</param>
public sealed record GuidanceLoop(
    LoopKind Kind,
    string Activity,
    int Count,
    int SessionCount,
    double Turns,
    double Tokens,
    double CostUsd,
    TimeSpan Duration,
    double? PassedShare,
    string[] Errors
)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Kind}: {Activity}, {Count} times in {SessionCount} sessions");
}
