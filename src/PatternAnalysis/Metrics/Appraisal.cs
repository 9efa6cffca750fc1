namespace PatternAnalysis.Metrics;

/// <summary>What patterns that were appraised together share.</summary>
/// <param name="Options">What their turns were priced with.</param>
/// <param name="LeftOut">How many more were appraised and are not shown.</param>
internal sealed record Appraisal(WorthOptions Options, int LeftOut);
