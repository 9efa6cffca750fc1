using System.Globalization;

namespace PatternAnalysis;

/// <summary>What the sessions of a run's horizon had spent, and what of that could go.</summary>
/// <param name="SpentTurns">Turns of models.</param>
/// <param name="SpentUsd">What they cost, in US dollars.</param>
/// <param name="CouldGoTurns">Turns that could go.</param>
/// <param name="CouldGoUsd">What those cost, in US dollars.</param>
/// <param name="CouldGoUsdLow">The lower end of the 95 % interval of that.</param>
/// <param name="CouldGoUsdHigh">The upper end.</param>
public sealed record RunMoney(
    long SpentTurns,
    decimal SpentUsd,
    double CouldGoTurns,
    decimal CouldGoUsd,
    decimal CouldGoUsdLow,
    decimal CouldGoUsdHigh
)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"${SpentUsd:0.00} spent, ${CouldGoUsd:0.00} could go");
}
