using System.Globalization;

namespace PatternAnalysis;

/// <summary>That something automates a routine already, and how far it is used.</summary>
/// <param name="Automation">What automates it.</param>
/// <param name="ThroughCount">How often it was used.</param>
/// <param name="ByHandCount">How often the routine was done step by step all the same.</param>
public sealed record RoutineCoverage(ExistingAutomation Automation, long ThroughCount, long ByHandCount)
{
    /// <summary>The share that goes through the automation, in [0, 1].</summary>
    public double ThroughShare => ThroughCount + ByHandCount == 0 ? 0 : (double)ThroughCount / (ThroughCount + ByHandCount);

    /// <summary>The share that is still done by hand, in [0, 1].</summary>
    public double ByHandShare => ThroughCount + ByHandCount == 0 ? 0 : 1 - ThroughShare;

    /// <summary>What to do: nothing new is to be built, what exists is to be used.</summary>
    public string Guidance =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"covered by {Automation.Name} ({Automation.Path}): {ByHandShare:0 %} still do it by hand, {ThroughCount:N0} times it was used"
        );

    /// <inheritdoc/>
    public override string ToString() => Guidance;
}
