using PatternAnalysis.Effect;

namespace PatternAnalysis;

/// <summary>Whether something occurs less since a moment, for the same amount of work.</summary>
public sealed record PatternEffect
{
    /// <summary>What was measured.</summary>
    public required string Name { get; init; }

    /// <summary>The moment that divides before from after.</summary>
    public required DateTimeOffset Cut { get; init; }

    /// <summary>What a rate counts against.</summary>
    public required ExposureKind Exposure { get; init; }

    /// <summary>What the comparison came to.</summary>
    public required EffectVerdict Verdict { get; init; }

    /// <summary>The same in words, with the number that decided.</summary>
    public required string Explanation { get; init; }

    /// <summary>What was measured, before and after.</summary>
    public required RateRatio Measured { get; init; }

    /// <summary>What took its place; null when nobody named anything.</summary>
    public RateRatio? Adopted { get; init; }

    /// <summary>
    /// Activities that have no reason to change, chosen by what happened before the cut only: those of most sessions that are neither
    /// measured, nor adopted, nor the exposure itself. Shown also where they speak against an effect.
    /// </summary>
    public required RateRatio[] Controls { get; init; }

    /// <summary>The same comparison for each application or person with enough sessions on both sides.</summary>
    public required RateRatio[] Groups { get; init; }

    /// <summary>What was saved; null when there is no ratio.</summary>
    public RealisedSavings? Realised { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Explanation}";
}
