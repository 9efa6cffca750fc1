using System.Globalization;

namespace PatternAnalysis;

/// <summary>A step that nearly always fails: no routine, but a mistake that is made again and again.</summary>
/// <param name="Activity">The step.</param>
/// <param name="CallCount">How many of its calls are known to have ended.</param>
/// <param name="FailedCount">How many of those failed.</param>
/// <param name="SessionCount">In how many sessions one failed.</param>
/// <param name="Turns">How many turns of a model the failed calls took.</param>
/// <param name="Tokens">Their tokens.</param>
/// <param name="CostUsd">What they cost, in US dollars.</param>
/// <param name="Duration">How long the failed calls ran and were waited for.</param>
/// <param name="Errors">The words that its errors begin with, most frequent first and masked; empty where no error is kept.</param>
public sealed record FailingStep(
    string Activity,
    int CallCount,
    int FailedCount,
    int SessionCount,
    double Turns,
    double Tokens,
    double CostUsd,
    TimeSpan Duration,
    string[] Errors
)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Activity}: {FailedCount} of {CallCount} calls failed");
}
