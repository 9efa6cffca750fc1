using System.Globalization;

namespace PatternAnalysis.Effect;

/// <summary>How many times as often something occurs after a cut as before it, for the same amount of work.</summary>
/// <param name="Name">What was counted.</param>
/// <param name="Before">The side before the cut.</param>
/// <param name="After">The side from the cut on.</param>
/// <param name="Ratio">
/// Rate after / rate before, each with half an occurrence added so that none is infinite; null when a side has no exposure.
/// </param>
/// <param name="Low">Lower end of the 95 % interval; null when a side has fewer than two sessions or no exposure.</param>
/// <param name="High">Upper end of the interval, likewise.</param>
public sealed record RateRatio(string Name, RateSide Before, RateSide After, double? Ratio, double? Low, double? High)
{
    /// <summary>-1 when the whole interval lies below 1, 1 when it lies above, else 0.</summary>
    public int Direction =>
        High < 1 ? -1
        : Low > 1 ? 1
        : 0;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Before} before, {After} after");
}
