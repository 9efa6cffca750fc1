using PatternAnalysis.Approvals;

namespace PatternAnalysis.Copies;

/// <summary>What the properties of a summary that left the session tell only in part: all that reports say beside its patterns.</summary>
internal sealed record SummaryCopy
{
    public DaySpending[] SpentByDay { get; init; } = [];

    public ClassSpending[] SpentByClass { get; init; } = [];

    public RunGuidance? Guidance { get; init; }

    public AdoptedPattern[] Adopted { get; init; } = [];

    public ApprovalCopy[] Ended { get; init; } = [];

    public ComparisonCopy? Comparison { get; init; }

    public static SummaryCopy Of(AnalysisSummary summary) =>
        new()
        {
            SpentByDay = summary.SpentByDay,
            SpentByClass = summary.SpentByClass,
            Guidance = summary.Guidance,
            Adopted = summary.Adopted,
            Ended = ApprovalCopy.Of(summary.Ended),
            Comparison = summary.Comparison is { } comparison
                ? new ComparisonCopy([.. comparison.Runs], ApprovalCopy.Of(comparison.New), ApprovalCopy.Of(comparison.Gone))
                : null,
        };
}

/// <summary>A run beside those before it.</summary>
internal sealed record ComparisonCopy(PastRun[] Runs, ApprovalCopy[] New, ApprovalCopy[] Gone)
{
    public RunComparison ToComparison() => new(Runs, ApprovalCopy.Read(New), ApprovalCopy.Read(Gone));
}

/// <summary>A stored pattern with its worth, which its properties show only where it was assessed.</summary>
internal sealed record ApprovalCopy(PatternApproval Row, StoredWorth? Worth)
{
    public static ApprovalCopy[] Of(IEnumerable<PatternApproval> rows) => [.. rows.Select(row => new ApprovalCopy(row, row.Worth))];

    public static PatternApproval[] Read(ApprovalCopy[] copies) => Array.ConvertAll(copies, copy => copy.Row with { Worth = copy.Worth });
}
