namespace PatternAnalysis.Approvals;

/// <summary>A store of patterns and of what people decided on them.</summary>
public interface IPatternApprovalStore
{
    /// <summary>Saves a run in one transaction; all of it or nothing.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be written.</exception>
    SaveResult Save(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Says what <see cref="Save"/> would change, and changes nothing.</summary>
    SaveResult Preview(RunRecord run, CancellationToken cancellationToken);

    /// <summary>Notes that a run failed.</summary>
    void SaveFailure(DateTimeOffset startedAt, TimeWindow window, string message);

    /// <summary>Stored patterns, highest impact first.</summary>
    IReadOnlyList<PatternApproval> Find(ApprovalQuery query);

    /// <summary>How many patterns are in each state; every state is listed.</summary>
    IReadOnlyList<PatternStatistic> CountByStatus();

    /// <summary>Records a human's decision, with a row of history.</summary>
    /// <returns>The pattern afterwards.</returns>
    /// <exception cref="PatternAnalysisException">There is no such pattern.</exception>
    PatternApproval Decide(ReviewDecision decision);
}
