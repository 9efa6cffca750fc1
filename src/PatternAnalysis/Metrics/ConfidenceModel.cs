namespace PatternAnalysis;

/// <summary>What <see cref="MeasuredPattern.ConfidenceScore"/> states.</summary>
public enum ConfidenceModel
{
    /// <summary>
    /// 1 - q: that a pattern repeats across sessions more than chance explains. Of the patterns with confidence c or more, at most a share
    /// 1 - c is expected to be coincidence.
    /// </summary>
    SelfSufficiency,

    /// <summary>The original's formula: the share of sessions that hold the pattern, boosted for many.</summary>
    Frequency,
}
