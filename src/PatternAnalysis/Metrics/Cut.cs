namespace PatternAnalysis.Metrics;

/// <summary>One way of cutting a pattern in two.</summary>
/// <param name="Number">Its number among the pattern's cuts.</param>
/// <param name="LongerNode">The node that stands for the longer part.</param>
/// <param name="Longer">How many steps the longer part has.</param>
/// <param name="ShorterNode">The node that stands for the shorter part.</param>
/// <param name="Inside">How often the shorter part occurs inside the longer one: k of the definition.</param>
internal readonly record struct Cut(int Number, int LongerNode, int Longer, int ShorterNode, int Inside);
