namespace PatternAnalysis.Mining;

/// <summary>What counts as a repeated pattern.</summary>
public sealed record MiningOptions
{
    /// <summary>
    /// The longest pattern that is looked for when nothing else is asked for: a guard against sessions that repeat one tool for ever.
    /// </summary>
    public const int LengthGuard = 10_000;

    private readonly int _minimumSessions = 2;
    private readonly int _minimumLength = 2;
    private readonly int _maximumLength = LengthGuard;

    /// <summary>In how many sessions a pattern must occur; at least 1.</summary>
    public int MinimumSessions
    {
        get => _minimumSessions;
        init => _minimumSessions = AtLeastOne(value);
    }

    /// <summary>How many steps a pattern must have; at least 1.</summary>
    public int MinimumLength
    {
        get => _minimumLength;
        init => _minimumLength = AtLeastOne(value);
    }

    /// <summary>How many steps a pattern may have; at least 1.</summary>
    public int MaximumLength
    {
        get => _maximumLength;
        init => _maximumLength = AtLeastOne(value);
    }

    /// <summary>Whether only whole sequences are patterns, as in the original, instead of every contiguous part of one.</summary>
    public bool WholeSequence { get; init; }

    /// <summary>Refuses options that are each right and together find nothing, whatever the events.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidLength</c>: the shortest pattern is longer than the longest.</exception>
    public void Check()
    {
        if (MinimumLength > MaximumLength)
            throw new PatternAnalysisException(
                "InvalidLength",
                $"A pattern can't have at least {MinimumLength} and at most {MaximumLength} steps. Ask for fewer, or allow more."
            );
    }

    private static int AtLeastOne(int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return value;
    }
}
