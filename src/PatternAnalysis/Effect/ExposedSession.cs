namespace PatternAnalysis.Effect;

/// <summary>One session on one side of a cut.</summary>
/// <param name="Exposure">Its pieces of work there.</param>
/// <param name="Count">Occurrences of what is measured there.</param>
internal readonly record struct ExposedSession(long Exposure, long Count);
