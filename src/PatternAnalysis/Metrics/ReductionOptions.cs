using PatternAnalysis.Options;

namespace PatternAnalysis.Metrics;

/// <summary>Which of a run's patterns are shown and saved. Statistics always see all of them.</summary>
public sealed record ReductionOptions
{
    /// <summary>Every closed pattern.</summary>
    public static ReductionOptions None { get; } = new() { AllPatterns = true };

    /// <summary>Whether every closed pattern is shown, whatever else is asked for.</summary>
    [Option("AllPatterns", "Shows every closed pattern, also those that say the same as another one.")]
    public bool AllPatterns { get; init; }

    /// <summary>Whether a pattern is kept that repeats another one several times over.</summary>
    [Option("KeepTandemPower", "Keeps patterns that are another one several times over.", Aliases = ["--keep-tandem-powers"])]
    public bool KeepTandemPower { get; init; }

    /// <summary>
    /// Whether patterns are kept that are the same once runs are folded (<c>Read→Edit</c>, <c>Read→Read→Edit</c>), instead of only the
    /// surest of them.
    /// </summary>
    [Option("KeepRunVariant", "Keeps patterns that differ in the lengths of their runs only.", Aliases = ["--keep-run-variants"])]
    public bool KeepRunVariant { get; init; }

    /// <summary>
    /// A pattern is dropped when a longer one that holds it has at least this share of its occurrences, in [0, 1]; 0 drops none.
    /// </summary>
    [Option(
        "SubsumptionShare",
        "Drops a pattern when a longer one that holds it has at least this share of its occurrences; 0 drops none.",
        Minimum = 0,
        Maximum = 1
    )]
    public double SubsumptionShare { get; init; } = 0.8;

    internal bool DropsTandemPowers => !AllPatterns && !KeepTandemPower;

    internal bool FoldsRuns => !AllPatterns && !KeepRunVariant;

    internal double Subsumption => AllPatterns ? 0 : SubsumptionShare;
}
