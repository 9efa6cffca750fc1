namespace PatternAnalysis.Worth;

/// <summary>A stretch of a session that a pattern explains, whole or but for a few steps.</summary>
/// <param name="Start">Its first step.</param>
/// <param name="Length">How many steps it has.</param>
/// <param name="Gain">How many steps less it takes to tell the session when the pattern's name may be used here; more than 0.</param>
internal readonly record struct CoverageOccurrence(int Start, ushort Length, ushort Gain);
