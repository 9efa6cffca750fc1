namespace PatternAnalysis.Approvals;

/// <summary>All that is known of a stored pattern: what a reviewer looks at before deciding.</summary>
/// <param name="Approval">The pattern.</param>
/// <param name="Evidence">The statistics of the run that its confidence comes from, and how dangerous it is; null when only something else
/// wrote it.</param>
/// <param name="Days">How often it was seen each day, oldest first; days without are left out.</param>
/// <param name="History">What was decided on it, newest first.</param>
public sealed record PatternDetails(
    PatternApproval Approval,
    PatternEvidence? Evidence,
    IReadOnlyList<DayCount> Days,
    IReadOnlyList<ReviewHistoryEntry> History
)
{
    /// <summary>What stays and what varies in its steps; none where no run has seen what its tools were given.</summary>
    public IReadOnlyList<StepWorth> Steps { get; init; } = [];

    /// <summary>Every session that any run saw it in, masked.</summary>
    public IReadOnlyCollection<string> Sessions { get; init; } = [];
}

/// <summary>How often a pattern was seen on a day.</summary>
/// <param name="Day">The day, in UTC, on which the sessions began.</param>
/// <param name="SessionCount">How many sessions hold it.</param>
/// <param name="OccurrenceCount">How often they hold it.</param>
public sealed record DayCount(DateOnly Day, int SessionCount, long OccurrenceCount);
