namespace PatternAnalysis.Approvals;

/// <summary>A stored pattern with those that are parts of it: what people look at and decide on as one.</summary>
/// <param name="Pattern">The pattern.</param>
/// <param name="Parts">Its parts; none for most patterns.</param>
public sealed record FoldedPattern(PatternApproval Pattern, IReadOnlyList<PatternApproval> Parts)
{
    /// <summary>Folds parts under the patterns that they are part of, where those are in the list; the order stays.</summary>
    /// <param name="patterns">Patterns; one that is there twice counts once.</param>
    public static IReadOnlyList<FoldedPattern> Fold(IReadOnlyCollection<PatternApproval> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        patterns = [.. patterns.DistinctBy(pattern => pattern.PatternId)];
        var byId = patterns.ToDictionary(pattern => pattern.PatternId);
        var parts = patterns.ToLookup(pattern => LeaderOf(pattern, byId).PatternId);
        return
        [
            .. patterns
                .Where(pattern => LeaderOf(pattern, byId) == pattern)
                .Select(pattern => new FoldedPattern(pattern, [.. parts[pattern.PatternId].Where(part => part != pattern)])),
        ];
    }

    // Runs of different times may have said different things: what is part of a part is decided with neither, and stands alone.
    private static PatternApproval LeaderOf(PatternApproval pattern, Dictionary<string, PatternApproval> byId) =>
        pattern.PartOf is { } id && byId.TryGetValue(id, out var whole) && !(whole.PartOf is { } above && byId.ContainsKey(above))
            ? whole
            : pattern;
}
