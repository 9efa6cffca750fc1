namespace PatternAnalysis.Approvals;

/// <summary>Which stored patterns are wanted, and how many.</summary>
public sealed record ApprovalQuery
{
    /// <summary>The states wanted; none means all.</summary>
    public IReadOnlyList<string> Status { get; init; } = [];

    /// <summary>The patterns wanted; none means all.</summary>
    public IReadOnlyList<string> PatternId { get; init; } = [];

    /// <summary>Only what is part of this pattern; null for all.</summary>
    public string? PartOf { get; init; }

    /// <summary>What stands first.</summary>
    public ApprovalOrder SortBy { get; init; }

    /// <summary>How many are passed over at the front; at least 0.</summary>
    public int Skip { get; init; }

    /// <summary>At most so many; null for all.</summary>
    public int? First { get; init; }
}
