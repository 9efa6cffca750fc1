using System.Globalization;

namespace PatternAnalysis.Effect;

/// <summary>What was counted on one side of a cut.</summary>
/// <param name="Sessions">Sessions with a step on this side; at least 0.</param>
/// <param name="Exposure">Pieces of work (edits, prompts or calls) of these sessions.</param>
/// <param name="Count">Occurrences of what is measured.</param>
public sealed record RateSide(int Sessions, long Exposure, long Count)
{
    /// <summary>Occurrences for one piece of work; null when there was none.</summary>
    public double? Rate => Exposure > 0 ? (double)Count / Exposure : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} in {Exposure}");
}
