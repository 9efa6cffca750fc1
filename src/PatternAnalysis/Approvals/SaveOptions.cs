using PatternAnalysis.Options;

namespace PatternAnalysis.Approvals;

/// <summary>What of a run is saved.</summary>
public sealed record SaveOptions
{
    /// <summary>At most so many of the patterns that are too likely a coincidence are stored.</summary>
    [Option("MaxRejected", "How many of the patterns that are too likely a coincidence are stored, the most valuable first.", Minimum = 0)]
    public int CoincidenceLimit { get; init; } = 500;
}
