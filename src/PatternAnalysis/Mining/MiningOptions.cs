using PatternAnalysis.Options;

namespace PatternAnalysis.Mining;

/// <summary>What counts as a repeated pattern.</summary>
public sealed record MiningOptions
{
    /// <summary>
    /// The longest pattern that is looked for when nothing else is asked for: a guard against sessions that repeat one tool for ever.
    /// </summary>
    public const int LengthGuard = 10_000;

    /// <summary>In how many sessions a pattern must occur; at least 1.</summary>
    [Option("MinOccurrences", "In how many sessions a pattern must occur.", Minimum = 1)]
    public int MinimumSessions { get; init; } = 2;

    /// <summary>How many steps a pattern must have; at least 1.</summary>
    [Option("MinLength", "How many steps a pattern must have.", Minimum = 1)]
    public int MinimumLength { get; init; } = 2;

    /// <summary>How many steps a pattern may have; at least 1.</summary>
    [Option("MaxLength", "How many steps a pattern may have.", Minimum = 1)]
    public int MaximumLength { get; init; } = LengthGuard;

    /// <summary>Whether only whole sequences are patterns, as in the original, instead of every contiguous part of one.</summary>
    [Option("WholeSequence", "Only whole sessions are patterns, as in the original.")]
    public bool WholeSequence { get; init; }

    /// <summary>Refuses options that can find nothing, whatever the events.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidOption</c>: one is out of its range. <c>InvalidLength</c>: the shortest
    /// pattern is longer than the longest.</exception>
    public void Check()
    {
        OptionCatalogue.Check(this);
        if (MinimumLength > MaximumLength)
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidLength,
                $"A pattern can't have at least {MinimumLength} and at most {MaximumLength} steps. Ask for fewer, or allow more."
            );
    }
}
