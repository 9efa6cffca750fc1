namespace PatternAnalysis.Analysis;

/// <summary>The order in which people see the patterns of a run.</summary>
public static class WorthOrder
{
    /// <summary>
    /// By rank: what is worth the most beside those before it first, parts of others last. Patterns that nobody appraised follow by impact,
    /// then by frequency. What the policy rejects stands behind all others.
    /// </summary>
    public static IOrderedEnumerable<ClassifiedPattern> Of(IEnumerable<ClassifiedPattern> patterns) =>
        patterns
            .OrderBy(pattern => PatternStatus.IsRejected(pattern.Status))
            .ThenBy(pattern => pattern.Worth?.Rank ?? int.MaxValue)
            .ThenByDescending(pattern => pattern.Impact)
            .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency);
}
