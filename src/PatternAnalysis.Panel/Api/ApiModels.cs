using System.Globalization;
using System.Text.Json.Serialization;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Panel.Api;

/// <summary>A pattern, in the original's shape, with when it was last changed.</summary>
internal sealed record PatternResponse(
    string PatternId,
    string ToolSequence,
    string Status,
    double ConfidenceScore,
    long OccurrenceCount,
    decimal EstimatedSavingsUsd,
    double ImpactScore,
    string? Without,
    string? DangerLevel,
    string? DangerRule,
    long? SafeOccurrences,
    long? UnknownOccurrences,
    long? DestructiveOccurrences,
    IReadOnlyList<OccurrenceResponse> WorstOccurrences,
    string? PatternContext,
    IReadOnlyList<string> ExampleSessions,
    string? ReviewedBy,
    string? ReviewedAt,
    string? ApprovalNotes,
    string? CreatedAt,
    string? UpdatedAt,
    string Kind,
    int? Rank,
    string? PartOf,
    double? SavedTurns,
    double? HitShare,
    double? WorthUsd,
    [property: JsonPropertyName("worth_usd_30d")] double? WorthUsdPer30Days,
    bool WorthIsAssumed
)
{
    public static PatternResponse Of(PatternApproval pattern) =>
        new(
            pattern.PatternId,
            pattern.ToolSequence,
            pattern.Status,
            pattern.ConfidenceScore,
            pattern.OccurrenceCount,
            pattern.EstimatedSavings,
            pattern.Impact,
            pattern.Without,
            pattern.DangerLevel?.ToString(),
            pattern.DangerRule,
            pattern.SafeOccurrenceCount,
            pattern.UnknownOccurrenceCount,
            pattern.DestructiveOccurrenceCount,
            [
                .. pattern.WorstOccurrences.Select(occurrence => new OccurrenceResponse(
                    occurrence.SessionId,
                    Instant(occurrence.At),
                    occurrence.Command,
                    occurrence.Level.ToString(),
                    occurrence.RuleId
                )),
            ],
            pattern.PatternContext,
            pattern.ExampleSessions,
            pattern.ReviewedBy,
            Instant(pattern.ReviewedAt),
            pattern.ApprovalNotes,
            Instant(pattern.CreatedAt),
            Instant(pattern.UpdatedAt),
            pattern.Kind.ToString(),
            pattern.Rank,
            pattern.PartOf,
            pattern.SavedTurns,
            pattern.HitShare,
            pattern.WorthUsd,
            pattern.WorthUsdPer30Days,
            pattern.IsWorthAssumed
        );

    private static string? Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>One of the worst occurrences of a pattern.</summary>
internal sealed record OccurrenceResponse(string SessionId, string? At, string Command, string DangerLevel, string? DangerRule);

/// <summary>How many patterns are in each state, in the original's shape.</summary>
internal sealed record StatisticsResponse(long Pending, long Approved, long Rejected, long AutoApproved, long AutoRejected, long Total)
{
    public static StatisticsResponse Of(IReadOnlyList<PatternStatistic> statistics)
    {
        var counts = statistics.ToDictionary(row => row.Status, row => row.PatternCount);
        return new StatisticsResponse(
            counts[PatternStatus.Pending],
            counts[PatternStatus.Approved],
            counts[PatternStatus.Rejected],
            counts[PatternStatus.AutoApproved],
            counts[PatternStatus.AutoRejected],
            counts.Values.Sum()
        );
    }
}

/// <summary>
/// An approval or a rejection, of the pattern's parts as well unless it says otherwise. Who gives the status and the time of the pattern
/// that they saw may replace the decision that it shows.
/// </summary>
internal sealed record DecisionRequest(
    string? Reviewer,
    string? Notes,
    string? Reason,
    string? Status,
    DateTimeOffset? UpdatedAt,
    bool? WithParts
)
{
    public ShownState? Shown => Status is null ? null : new ShownState(Status, UpdatedAt);
}
