namespace PatternAnalysis.Approvals;

/// <summary>The runs that a store remembers, and what they saw.</summary>
public interface IRunHistory
{
    /// <summary>The last analyses that came to their end, oldest first; none when nothing was ever saved.</summary>
    /// <param name="count">At most so many.</param>
    IReadOnlyList<PastRun> Last(int count);

    /// <summary>Runs of every kind and outcome, newest first.</summary>
    IReadOnlyList<PastRun> Find(RunQuery query);

    /// <summary>Remembers a run that saves no patterns, so that "nothing new" and "did not run" are different.</summary>
    /// <remarks>A database without hook events, and one that is not there, is left as it is.</remarks>
    void Record(FinishedRun run);

    /// <summary>The run that a pattern's evidence comes from; null when that is not known.</summary>
    PastRun? FindRunOf(string patternId);

    /// <summary>The stored patterns that a session of this window holds, by worth.</summary>
    IReadOnlyList<PatternApproval> SeenIn(TimeWindow window);
}
