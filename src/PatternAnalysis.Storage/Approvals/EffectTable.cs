using System.Data.Common;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_effects</c>: what took the place of approved patterns, and what became of them.</summary>
internal sealed class EffectTable(ISqlDatabase database) : IEffectStore
{
    /// <summary>The table, in the SQL that every kind of database knows.</summary>
    public const string Create = """
        -- What took the place of an approved pattern (a JSON list of wildcards), what the last measurement came to (JSON), and when people
        -- were told.
        CREATE TABLE IF NOT EXISTS pattern_effects (
            pattern_id TEXT PRIMARY KEY,
            adopted TEXT NOT NULL,
            measured_at TEXT,
            effect TEXT,
            told_at TEXT
        );
        """;

    private const string Name = "pattern_effects";

    private const string Upsert = """
        INSERT INTO pattern_effects (pattern_id, adopted) VALUES (@patternId, @names)
        ON CONFLICT (pattern_id) DO UPDATE SET adopted = excluded.adopted, measured_at = NULL, effect = NULL, told_at = NULL
        """;

    public IReadOnlyList<AdoptedPattern> Find() => database.Read("reading what became of approved patterns", Select);

    public void Save(string patternId, string effect) => Set("measured_at = @now, effect = @effect", patternId, effect);

    public void RememberTold(string patternId) => Set("told_at = @now", patternId, null);

    /// <summary>Keeps what took a pattern's place; what was measured before says nothing of it.</summary>
    public static void Adopt(DbConnection connection, DbTransaction transaction, string patternId, IReadOnlyList<string> adopted) =>
        connection.Execute(
            Upsert,
            new { patternId, names = JsonSerializer.Serialize(adopted.Select(name => SecretMasker.Mask(name))) },
            transaction
        );

    /// <summary>Forgets what took a pattern's place: who takes an approval back takes that back too.</summary>
    public static void Forget(ISqlDatabase database, DbConnection connection, DbTransaction transaction, string patternId)
    {
        if (database.ColumnsOf(connection, Name, transaction).Count > 0)
            connection.Execute($"DELETE FROM {Name} WHERE pattern_id = @patternId", new { patternId }, transaction);
    }

    private void Set(string columns, string patternId, string? effect) =>
        database.Write(
            "keeping what became of a pattern",
            (connection, transaction) =>
                connection.Execute(
                    $"UPDATE {Name} SET {columns} WHERE pattern_id = @patternId",
                    new
                    {
                        patternId,
                        effect,
                        now = StoredInstant.Text(DateTimeOffset.UtcNow).Value,
                    },
                    transaction
                )
        );

    private IReadOnlyList<AdoptedPattern> Select(DbConnection connection)
    {
        if (database.ColumnsOf(connection, Name).Count == 0)
            return [];

        // A table that others made may not say when.
        var reviewedAt = database.ColumnsOf(connection, ApprovalTable.Name).Contains("reviewed_at") ? "a.reviewed_at" : "NULL";
        var rows = connection.Query(
            $"""
            SELECT e.pattern_id, e.adopted, e.measured_at, e.effect, e.told_at, a.tool_sequence, {reviewedAt} AS reviewed_at
            FROM {Name} e JOIN {ApprovalTable.Name} a ON a.pattern_id = e.pattern_id
            WHERE a.status = @approved ORDER BY 7 DESC, e.pattern_id
            """,
            new { approved = PatternStatus.Approved }
        );
        return [.. rows.Select(row => ReadRow((IDictionary<string, object?>)row))];
    }

    private static AdoptedPattern ReadRow(IDictionary<string, object?> row) =>
        new()
        {
            PatternId = (string)row["pattern_id"]!,
            Adopted = ReadNames((string)row["adopted"]!),
            ToolSequence = row["tool_sequence"] as string ?? "",
            ApprovedAt = StoredInstant.Parse(row["reviewed_at"]),
            MeasuredAt = StoredInstant.Parse(row["measured_at"]),
            Effect = row["effect"] as string,
            ToldAt = StoredInstant.Parse(row["told_at"]),
        };

    // What nobody can read names nothing; the pattern is measured all the same, and so are the others.
    private static string[] ReadNames(string adopted)
    {
        try
        {
            return JsonSerializer.Deserialize<string[]>(adopted) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
