using System.Data.Common;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// The table <c>pattern_baselines</c>: what patterns were like when a person decided on them, or was last told of a change.
/// </summary>
internal static class BaselineTable
{
    public const string Name = "pattern_baselines";

    /// <summary>The table, in the SQL that every kind of database knows.</summary>
    public const string Create = """
        -- What a pattern was like when a person decided on it, or was last told that it had changed.
        CREATE TABLE IF NOT EXISTS pattern_baselines (
            pattern_id TEXT PRIMARY KEY,
            policy_status TEXT NOT NULL,
            danger_level TEXT NOT NULL,
            occurrence_count BIGINT NOT NULL
        );
        """;

    /// <summary>The version that made decisions on parts remember what they were made with.</summary>
    public const string AddDecidedWith = """
        -- The pattern that this one was decided with, as a part of it; none when it was decided by itself.
        ALTER TABLE pattern_baselines ADD COLUMN decided_with TEXT;
        """;

    private const string Upsert = """
        INSERT INTO pattern_baselines (pattern_id, policy_status, danger_level, occurrence_count)
        VALUES (@patternId, @PolicyStatus, @level, @OccurrenceCount)
        ON CONFLICT (pattern_id) DO UPDATE SET
            policy_status = excluded.policy_status, danger_level = excluded.danger_level, occurrence_count = excluded.occurrence_count
        """;

    private const string Select =
        "SELECT pattern_id AS PatternId, policy_status AS PolicyStatus, danger_level AS DangerLevel, occurrence_count AS OccurrenceCount"
        + " FROM pattern_baselines WHERE ";

    public static Dictionary<string, ReviewBaseline> Read(
        ISqlDatabase database,
        DbConnection connection,
        DbTransaction? transaction,
        string[] ids
    ) =>
        connection
            .Query<Row>(Select + database.IsAmong("pattern_id", "@ids"), new { ids }, transaction)
            .ToDictionary(
                row => row.PatternId,
                row => new ReviewBaseline(
                    row.PolicyStatus,
                    // A level that this version does not know counts as unknown.
                    Enum.TryParse<DangerLevel>(row.DangerLevel, out var level)
                        ? level
                        : DangerLevel.Unknown,
                    row.OccurrenceCount
                )
            );

    public static void Delete(DbConnection connection, DbTransaction transaction, string patternId) =>
        connection.Execute("DELETE FROM pattern_baselines WHERE pattern_id = @patternId", new { patternId }, transaction);

    public static void Write(DbConnection connection, DbTransaction transaction, string patternId, ReviewBaseline baseline) =>
        connection.Execute(
            Upsert,
            new
            {
                patternId,
                baseline.PolicyStatus,
                level = baseline.DangerLevel.ToString(),
                baseline.OccurrenceCount,
            },
            transaction
        );

    /// <summary>The patterns that patterns were decided with, by the ids of those that were.</summary>
    public static Dictionary<string, string> ReadDecidedWith(
        ISqlDatabase database,
        DbConnection connection,
        DbTransaction transaction,
        string[] ids
    ) =>
        ids.Length == 0
            ? []
            : connection
                .Query<(string Id, string With)>(
                    $"SELECT pattern_id, decided_with FROM {Name} "
                        + $"WHERE decided_with IS NOT NULL AND {database.IsAmong("pattern_id", "@ids")}",
                    new { ids },
                    transaction
                )
                .ToDictionary(row => row.Id, row => row.With);

    /// <summary>The patterns that were decided with a pattern.</summary>
    public static string[] FindDecidedWith(DbConnection connection, DbTransaction transaction, string patternId) =>
        [
            .. connection.Query<string>(
                $"SELECT pattern_id FROM {Name} WHERE decided_with = @patternId ORDER BY pattern_id",
                new { patternId },
                transaction
            ),
        ];

    public static void WriteDecidedWith(DbConnection connection, DbTransaction transaction, string patternId, string? decidedWith) =>
        connection.Execute(
            $"UPDATE {Name} SET decided_with = @decidedWith WHERE pattern_id = @patternId",
            new { patternId, decidedWith },
            transaction
        );

    private sealed class Row
    {
        public string PatternId { get; init; } = "";
        public string PolicyStatus { get; init; } = "";
        public string DangerLevel { get; init; } = "";
        public long OccurrenceCount { get; init; }
    }
}
