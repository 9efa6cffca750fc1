namespace PatternAnalysis.Approvals;

/// <summary>Which stored patterns are wanted, and how many.</summary>
public sealed record ApprovalQuery
{
    /// <summary>The states wanted; none means all.</summary>
    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>The patterns wanted; none means all.</summary>
    public IReadOnlyList<string> PatternId { get; init; } = [];

    /// <summary>At most so many, those with the highest impact first; null for all.</summary>
    public int? First { get; init; }
}
