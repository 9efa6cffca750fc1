using PatternAnalysis.Options;

namespace PatternAnalysis.Approvals;

/// <summary>Which runs are asked for.</summary>
public sealed record RunQuery
{
    /// <summary>The kinds of runs; null for all.</summary>
    [Option("Kind", "Only runs of these kinds.")]
    public IReadOnlyList<RunKind>? Kind { get; init; }

    /// <summary>How they ended; null for both.</summary>
    [Option("Outcome", "Only runs that ended so.")]
    public RunOutcome? Outcome { get; init; }

    /// <summary>At most so many, the newest.</summary>
    [Option("First", "At most so many runs, the newest.", Minimum = 1)]
    public int First { get; init; } = 20;
}
