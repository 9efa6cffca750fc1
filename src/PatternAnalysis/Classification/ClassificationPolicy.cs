using PatternAnalysis.Options;

namespace PatternAnalysis.Classification;

/// <summary>
/// The thresholds that decide a pattern's state. They travel with the pattern, so that saving can judge all of its evidence by them.
/// </summary>
public sealed record ClassificationPolicy
{
    /// <summary>Words of a tool's name that mark it as destructive, when nothing else is asked for.</summary>
    public static IReadOnlyList<string> DefaultDestructiveTools { get; } =
    ["Delete", "Remove", "Drop", "Truncate", "ForceDelete", "Destroy", "Purge", "Erase", "Wipe"];

    /// <summary>Approved automatically only above this confidence, in [0, 1].</summary>
    [Option("ApproveConfidence", "Approved automatically only above this confidence.", Minimum = 0, Maximum = 1)]
    public double ApproveConfidence { get; init; } = 0.99;

    /// <summary>Approved automatically only with at least so many occurrences.</summary>
    [Option("ApproveOccurrences", "Approved automatically only with at least so many occurrences.", Minimum = 0)]
    public long ApproveOccurrences { get; init; } = 200;

    /// <summary>Approved automatically only with at least these savings, in US dollars.</summary>
    [Option("ApproveSavings", "Approved automatically only with at least these savings, in US dollars.", Minimum = 0, Maximum = 1e12)]
    public decimal ApproveSavings { get; init; } = 5000;

    /// <summary>Approved automatically only if worth at least so much in 30 days, in US dollars; 0 asks for nothing.</summary>
    [Option(
        "ApproveWorth",
        "Approved automatically only if worth at least so much in 30 days, in US dollars; 0 asks for nothing.",
        Minimum = 0,
        Maximum = 1e12
    )]
    public decimal ApproveWorth { get; init; }

    /// <summary>Rejected automatically below this confidence, in [0, 1].</summary>
    [Option("RejectConfidence", "Rejected automatically below this confidence.", Minimum = 0, Maximum = 1)]
    public double RejectConfidence { get; init; } = 0.95;

    /// <summary>Words of a tool's name that mark it as destructive, besides what the rules say.</summary>
    [Option("DestructiveTool", "Words of a tool's name that mark it as destructive.", AllowsEmpty = true)]
    public IReadOnlyList<string> DestructiveTools { get; init; } = DefaultDestructiveTools;
}
