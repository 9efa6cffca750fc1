namespace PatternAnalysis.Approvals;

/// <summary>What decides the order of stored patterns; the greatest stands first, and ids decide between equals.</summary>
public enum ApprovalOrder
{
    /// <summary>The rank: what is worth the most beside those before it; by impact where that is not known.</summary>
    Worth,

    /// <summary>Confidence x occurrences x savings.</summary>
    Impact,

    /// <summary>The confidence.</summary>
    Confidence,

    /// <summary>How often it was seen.</summary>
    Occurrences,

    /// <summary>The estimated savings.</summary>
    Savings,

    /// <summary>When it was last changed.</summary>
    Updated,
}
