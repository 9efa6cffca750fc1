using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// The table <c>pattern_assessments</c>: what the policy and the rules say of a pattern now, and what they said when a person decided on it.
/// </summary>
internal static class AssessmentTable
{
    public const string Name = "pattern_assessments";

    /// <summary>The table, in the SQL that every kind of database knows.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS pattern_assessments (
            pattern_id TEXT PRIMARY KEY,
            policy_status TEXT NOT NULL,
            danger_level TEXT NOT NULL,
            danger_rule TEXT,
            danger_category TEXT,
            danger_reason TEXT,
            danger_segment TEXT,
            reviewed_policy_status TEXT,
            reviewed_danger_level TEXT,
            reviewed_occurrence_count BIGINT
        );
        """;

    private const string Upsert = """
        INSERT INTO pattern_assessments (pattern_id, policy_status, danger_level, danger_rule, danger_category, danger_reason, danger_segment)
        VALUES (@id, @PolicyStatus, @level, @RuleId, @Category, @Reason, @Segment)
        ON CONFLICT (pattern_id) DO UPDATE SET
            policy_status = excluded.policy_status, danger_level = excluded.danger_level, danger_rule = excluded.danger_rule,
            danger_category = excluded.danger_category, danger_reason = excluded.danger_reason, danger_segment = excluded.danger_segment
        """;

    private const string UpdateBaseline = """
        UPDATE pattern_assessments SET reviewed_policy_status = policy_status, reviewed_danger_level = danger_level,
            reviewed_occurrence_count = @occurrences
        WHERE pattern_id = @patternId
        """;

    private const string Select = """
        SELECT pattern_id AS PatternId, policy_status AS PolicyStatus, danger_level AS DangerLevel, danger_rule AS DangerRule, danger_category AS DangerCategory,
            danger_reason AS DangerReason, danger_segment AS DangerSegment, reviewed_policy_status AS ReviewedPolicyStatus,
            reviewed_danger_level AS ReviewedDangerLevel, reviewed_occurrence_count AS ReviewedOccurrenceCount
        FROM pattern_assessments
        """;

    public static (PatternAssessment? Assessment, ReviewBaseline? Baseline) Read(DbConnection connection, DbTransaction? transaction, string patternId)
    {
        if (connection.QuerySingleOrDefault<Row>(Select + " WHERE pattern_id = @patternId", new { patternId }, transaction) is not { } row)
            return (null, null);

        return (
            row.Assessment,
            row is { ReviewedPolicyStatus: { } status, ReviewedDangerLevel: { } level, ReviewedOccurrenceCount: { } occurrences }
                ? new ReviewBaseline(status, Level(level), occurrences)
                : null);
    }

    public static IReadOnlyDictionary<string, PatternAssessment> ReadAll(DbConnection connection) =>
        connection.Query<Row>(Select).ToDictionary(row => row.PatternId, row => row.Assessment);

    public static void Write(DbConnection connection, DbTransaction transaction, string patternId, PatternAssessment assessment)
    {
        var danger = assessment.Danger;
        connection.Execute(
            Upsert,
            new { id = patternId, assessment.PolicyStatus, level = danger.Level.ToString(), danger.RuleId, danger.Category, danger.Reason, danger.Segment },
            transaction);
    }

    /// <summary>Later changes are measured against what the pattern is like now.</summary>
    public static void MoveBaseline(DbConnection connection, DbTransaction transaction, string patternId, long occurrences) =>
        connection.Execute(UpdateBaseline, new { patternId, occurrences }, transaction);

    // What can't be read is not known.
    private static DangerLevel Level(string stored) => Enum.TryParse<DangerLevel>(stored, out var level) ? level : DangerLevel.Unknown;

    private sealed class Row
    {
        public string PatternId { get; init; } = "";
        public string PolicyStatus { get; init; } = "";
        public string DangerLevel { get; init; } = "";
        public string? DangerRule { get; init; }
        public string? DangerCategory { get; init; }
        public string? DangerReason { get; init; }
        public string? DangerSegment { get; init; }
        public string? ReviewedPolicyStatus { get; init; }
        public string? ReviewedDangerLevel { get; init; }
        public long? ReviewedOccurrenceCount { get; init; }

        public PatternAssessment Assessment =>
            new(PolicyStatus, new DangerVerdict(Level(DangerLevel), DangerRule, DangerCategory, DangerReason, DangerSegment));
    }
}
