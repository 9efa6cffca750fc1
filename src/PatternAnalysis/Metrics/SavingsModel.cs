namespace PatternAnalysis;

/// <summary>Where the time of a step comes from.</summary>
public enum SavingsModel
{
    /// <summary>Every step takes the same time, as in the original.</summary>
    Estimated,

    /// <summary>
    /// A step takes until the next step of its session starts; a longer pause than the idle limit does not count, nor does a session's last
    /// step.
    /// </summary>
    Measured,
}
