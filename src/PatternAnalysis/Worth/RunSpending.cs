using System.Globalization;

namespace PatternAnalysis;

/// <summary>What the sessions of a run spent, as far as it is known: each answer of a model counted once.</summary>
/// <param name="Turns">Answers of models.</param>
/// <param name="Tokens">Their tokens of all sorts.</param>
/// <param name="Usd">What those of models with a known price cost, in US dollars.</param>
/// <param name="UnpricedTurns">Answers of models without a price: they are in no dollar.</param>
/// <param name="ToolTime">How long tools ran.</param>
/// <param name="ModelTime">How long models were waited for between calls, no pause counted for more than the longest wait.</param>
public sealed record RunSpending(long Turns, long Tokens, decimal Usd, long UnpricedTurns, TimeSpan ToolTime, TimeSpan ModelTime)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Turns} turns, ${Usd:0.00}");
}
