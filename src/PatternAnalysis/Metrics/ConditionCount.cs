using System.Globalization;

namespace PatternAnalysis.Metrics;

/// <summary>
/// How often a single step stands where a hook could run it: "after <see cref="Count"/> of <see cref="Occasions"/> runs of edits".
/// </summary>
/// <param name="Condition">Where.</param>
/// <param name="Count">How often the step stands there.</param>
/// <param name="Occasions">
/// How often there was occasion for it: runs of edits, sessions, commits of the sessions that hold the step.
/// </param>
/// <param name="ExpectedCount">How often it would stand there were its calls put at random places of their sessions.</param>
/// <param name="PValue">How likely chance alone gives so many, in [0, 1].</param>
/// <param name="QValue">The same corrected for the number of conditions looked at, in [0, 1].</param>
public sealed record ConditionCount(HookCondition Condition, int Count, int Occasions, double ExpectedCount, double PValue, double QValue)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Condition}: {Count} of {Occasions}");
}
