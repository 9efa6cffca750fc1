using System.Globalization;

namespace PatternAnalysis;

/// <summary>What sessions spent, and what of that could go, by the day of their first message in the window.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="SpentUsd">What their turns cost, in US dollars; those of models without a price are in no dollar.</param>
/// <param name="CouldGoUsd">What of it could go, in US dollars, by the routines that are not rejected; never more than was spent.</param>
public sealed record DaySpending(DateOnly Day, double SpentUsd, double CouldGoUsd)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Day:yyyy-MM-dd}: ${SpentUsd:0.00} spent, ${CouldGoUsd:0.00} could go");
}
