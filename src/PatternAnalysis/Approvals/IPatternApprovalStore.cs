namespace PatternAnalysis.Approvals;

/// <summary>A store of patterns and of what people decided on them.</summary>
public interface IPatternApprovalStore
{
    /// <summary>Saves a run in one transaction; all of it or nothing.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be written.</exception>
    SaveResult Save(CompletedRun run, CancellationToken cancellationToken);

    /// <summary>Says what <see cref="Save"/> would change, and changes nothing.</summary>
    SaveResult Preview(CompletedRun run, CancellationToken cancellationToken);

    /// <summary>Notes that a run failed.</summary>
    /// <param name="startedAt">When it started.</param>
    /// <param name="window">The window that it was to look at.</param>
    /// <param name="message">Why, masked.</param>
    /// <param name="options">Its options, as <see cref="Options.StoredOptions"/> writes them.</param>
    void SaveFailure(DateTimeOffset startedAt, TimeWindow window, string message, string? options = null);

    /// <summary>Stored patterns, in the order that is asked for.</summary>
    IReadOnlyList<PatternApproval> Find(ApprovalQuery query);

    /// <summary>How many patterns are in each state; every state is listed.</summary>
    IReadOnlyList<PatternStatistic> CountByStatus();

    /// <summary>Records a human's decision, with a row of history, and the same on the pattern's parts.</summary>
    /// <returns>The pattern afterwards, and those of its parts that were decided with it.</returns>
    /// <exception cref="PatternAnalysisException">
    /// <c>PatternNotFound</c>: there is no such pattern. <c>PatternDecidedMeanwhile</c>, <c>PatternChangedMeanwhile</c>: it is not what
    /// the reviewer was shown. <c>InvalidDecision</c>, <c>ReasonMissing</c>, <c>ReviewerMissing</c>: it is no decision. Nothing is written
    /// then.
    /// </exception>
    FoldedPattern Decide(ReviewDecision decision);

    /// <summary>
    /// Takes a person's decision back: the pattern is again what the policy says of it, and later runs decide on it. The history keeps the
    /// decision, and that it was taken back. What was decided with the pattern, as a part of it, goes back with it.
    /// </summary>
    /// <param name="patternId">The pattern.</param>
    /// <param name="reviewer">Who takes it back.</param>
    /// <param name="notes">Why.</param>
    /// <returns>The pattern afterwards, as it was when nobody had decided on it, and the parts that went back with it.</returns>
    /// <exception cref="PatternAnalysisException"><c>PatternNotFound</c>: there is no such pattern. <c>ReviewerMissing</c>.</exception>
    FoldedPattern Reset(string patternId, string reviewer, string? notes);

    /// <summary>All that is known of a pattern.</summary>
    /// <exception cref="PatternAnalysisException"><c>PatternNotFound</c>: there is no such pattern.</exception>
    PatternDetails Describe(string patternId);

    /// <summary>What was decided on patterns, newest first.</summary>
    /// <param name="patternId">The pattern wanted; null for all.</param>
    /// <param name="first">At most so many entries; null for all.</param>
    IReadOnlyList<ReviewHistoryEntry> History(string? patternId = null, int? first = null);
}
