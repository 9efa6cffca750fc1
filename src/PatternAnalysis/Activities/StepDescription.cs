using PatternAnalysis.Danger;

namespace PatternAnalysis.Activities;

/// <summary>What a step of a case is and how dangerous it is.</summary>
/// <param name="Activity">The activity's name.</param>
/// <param name="Verdict">The danger of this very step; another step of the same activity may have another.</param>
/// <param name="Facts">What naming and worth need to know of it.</param>
/// <param name="DestructiveCommand">The whole command, masked, when the verdict is destructive; null otherwise.</param>
public readonly record struct StepDescription(string Activity, DangerVerdict Verdict, StepFacts Facts, string? DestructiveCommand = null);
