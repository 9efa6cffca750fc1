namespace PatternAnalysis.Approvals;

/// <summary>The order in which people see stored patterns.</summary>
public static class ApprovalSort
{
    /// <summary>
    /// By rank: what is worth the most beside those before it first, parts of others last. Patterns that no run has appraised follow by
    /// impact. What the policy rejects stands behind all others.
    /// </summary>
    public static IOrderedEnumerable<PatternApproval> ByWorth(IEnumerable<PatternApproval> patterns) =>
        patterns
            .OrderBy(pattern => pattern.Status == PatternStatus.AutoRejected)
            .ThenBy(pattern => pattern.Rank ?? int.MaxValue)
            .ThenByDescending(pattern => pattern.WorthUsd ?? 0)
            .ThenByDescending(pattern => pattern.Impact)
            .ThenBy(pattern => pattern.PatternId, StringComparer.Ordinal);
}
