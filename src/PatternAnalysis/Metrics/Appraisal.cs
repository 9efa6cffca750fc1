namespace PatternAnalysis.Metrics;

/// <summary>What patterns that were appraised together share.</summary>
/// <param name="Options">What their turns were priced with.</param>
/// <param name="LeftOut">How many more were appraised and are not shown.</param>
internal sealed record Appraisal(WorthOptions Options, int LeftOut)
{
    /// <summary>The ids of those that are not shown; null in a copy, which does not carry them.</summary>
    public IReadOnlyList<string>? LeftOutIds { get; init; }
}
