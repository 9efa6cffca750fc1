namespace PatternAnalysis.Analysis;

/// <summary>What an analysis has come to.</summary>
/// <param name="Message">What it does now, in words; the same words say that it is still at it.</param>
/// <param name="Percent">How much of the whole is done, from 0 to 100.</param>
public sealed record AnalysisStage(string Message, int Percent);
