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

    private const string SelectApproved = """
        SELECT e.pattern_id, e.adopted, e.measured_at, e.effect, e.told_at, a.tool_sequence, a.reviewed_at
        FROM pattern_effects e JOIN pattern_approvals a ON a.pattern_id = e.pattern_id
        WHERE a.status = @approved ORDER BY a.reviewed_at DESC, e.pattern_id
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

        var rows = connection.Query(SelectApproved, new { approved = PatternStatus.Approved });
        return [.. rows.Select(row => ReadRow((IDictionary<string, object?>)row))];
    }

    private static AdoptedPattern ReadRow(IDictionary<string, object?> row) =>
        new()
        {
            PatternId = (string)row["pattern_id"]!,
            Adopted = JsonSerializer.Deserialize<string[]>((string)row["adopted"]!) ?? [],
            ToolSequence = row["tool_sequence"] as string ?? "",
            ApprovedAt = StoredInstant.Parse(row["reviewed_at"]),
            MeasuredAt = StoredInstant.Parse(row["measured_at"]),
            Effect = row["effect"] as string,
            ToldAt = StoredInstant.Parse(row["told_at"]),
        };
}
