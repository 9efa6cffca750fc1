namespace PatternAnalysis.Approvals;

/// <summary>The runs that a store remembers, and what they saw.</summary>
public interface IRunHistory
{
    /// <summary>The last runs that came to their end, oldest first; none when nothing was ever saved.</summary>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<PastRun> Last(int count);

    /// <summary>The run that a pattern's evidence comes from; null when that is not known.</summary>
    PastRun? FindRunOf(string patternId);

    /// <summary>The stored patterns that a session of this window holds, by worth.</summary>
    IReadOnlyList<PatternApproval> SeenIn(TimeWindow window);
}
