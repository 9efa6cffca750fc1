using System.Globalization;

namespace PatternAnalysis.Effect;

/// <summary>
/// What the occurrences that did not happen would have cost: the rate before, applied to the work after, less what did happen.
/// </summary>
/// <param name="Turns">Model turns; negative when there were more than before.</param>
/// <param name="TurnsLow">Lower end of the 95 % interval.</param>
/// <param name="TurnsHigh">Upper end of the interval.</param>
/// <param name="Usd">US dollars; null when the cause is not shown or a turn's cost is not known.</param>
/// <param name="UsdLow">Lower end of the interval.</param>
/// <param name="UsdHigh">Upper end of the interval.</param>
public sealed record RealisedSavings(double Turns, double TurnsLow, double TurnsHigh, decimal? Usd, decimal? UsdLow, decimal? UsdHigh)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Turns:0.#} turns");
}
