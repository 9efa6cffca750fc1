namespace PatternAnalysis.Metrics;

/// <summary>Which of a run's patterns are shown and saved. Statistics always see all of them.</summary>
public sealed record ReductionOptions
{
    private readonly double _subsumptionShare = 0.8;
    private readonly int _top;

    /// <summary>Every closed pattern.</summary>
    public static ReductionOptions None { get; } =
        new()
        {
            DropsTandemPowers = false,
            FoldsRuns = false,
            SubsumptionShare = 0,
        };

    /// <summary>The options as commands are given them.</summary>
    /// <param name="allPatterns">Every closed pattern, whatever else is given, up to <paramref name="top"/>.</param>
    /// <param name="keepsTandemPowers">The opposite of <see cref="DropsTandemPowers"/>.</param>
    /// <param name="keepsRunVariants">The opposite of <see cref="FoldsRuns"/>.</param>
    /// <param name="subsumptionShare">See <see cref="SubsumptionShare"/>.</param>
    /// <param name="top">See <see cref="Top"/>.</param>
    public static ReductionOptions Of(bool allPatterns, bool keepsTandemPowers, bool keepsRunVariants, double subsumptionShare, int top) =>
        allPatterns
            ? None with
            {
                Top = top,
            }
            : new ReductionOptions
            {
                DropsTandemPowers = !keepsTandemPowers,
                FoldsRuns = !keepsRunVariants,
                SubsumptionShare = subsumptionShare,
                Top = top,
            };

    /// <summary>Whether a pattern that repeats another one several times over is dropped.</summary>
    public bool DropsTandemPowers { get; init; } = true;

    /// <summary>
    /// Whether of the patterns that are the same once runs are folded (<c>Read→Edit</c>, <c>Read→Read→Edit</c>) only the surest is kept.
    /// </summary>
    public bool FoldsRuns { get; init; } = true;

    /// <summary>
    /// A pattern is dropped when a longer one that holds it has at least this share of its occurrences, in [0, 1]; 0 drops none.
    /// </summary>
    public double SubsumptionShare
    {
        get => _subsumptionShare;
        init =>
            _subsumptionShare = value is >= 0 and <= 1
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), value, "The share of subsumption lies between 0 and 1.");
    }

    /// <summary>How many are kept, those with the highest impact; 0 for all.</summary>
    public int Top
    {
        get => _top;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _top = value;
        }
    }
}
