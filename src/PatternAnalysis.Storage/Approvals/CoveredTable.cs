using System.Data.Common;
using Dapper;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_covered</c>: patterns without a row of their own, which a decision under another name covers.</summary>
internal static class CoveredTable
{
    /// <summary>The table, in the SQL that every kind of database knows.</summary>
    public const string Create = """
        -- Patterns that have no row because a person decided on about the same occurrences under another name (decided_id).
        CREATE TABLE IF NOT EXISTS pattern_covered (
            pattern_id TEXT PRIMARY KEY,
            tool_sequence TEXT NOT NULL,
            occurrence_count BIGINT NOT NULL,
            decided_id TEXT NOT NULL
        );
        CREATE INDEX IF NOT EXISTS idx_pattern_covered_decided_id ON pattern_covered (decided_id);
        """;

    private const string Name = "pattern_covered";

    private const string Upsert = """
        INSERT INTO pattern_covered (pattern_id, tool_sequence, occurrence_count, decided_id)
        VALUES (@PatternId, @ToolSequence, @OccurrenceCount, @DecidedId)
        ON CONFLICT (pattern_id) DO UPDATE SET occurrence_count = excluded.occurrence_count, decided_id = excluded.decided_id
        """;

    /// <summary>Keeps what a run found covered; what has a row of its own is covered no more.</summary>
    /// <param name="connection">Where to write.</param>
    /// <param name="transaction">The transaction to write in.</param>
    /// <param name="covered">What the run found.</param>
    /// <param name="isRegular">Whether the run looked at a whole horizon: what it did not find of a decision is there no more.</param>
    public static void Write(DbConnection connection, DbTransaction transaction, IReadOnlyList<CoveredPattern> covered, bool isRegular)
    {
        if (isRegular)
        {
            connection.Execute(
                $"DELETE FROM {Name} WHERE decided_id = @id",
                covered.Select(pattern => pattern.DecidedId).Distinct().Select(id => new { id }),
                transaction
            );
        }

        connection.Execute(
            $"DELETE FROM {Name} WHERE pattern_id IN (SELECT pattern_id FROM {ApprovalTable.Name})",
            transaction: transaction
        );
        foreach (var pattern in covered)
            connection.Execute(Upsert, pattern, transaction);
    }

    /// <summary>Rows of patterns with what the decisions on them cover.</summary>
    public static PatternApproval[] AddTo(ISqlDatabase database, DbConnection connection, PatternApproval[] rows)
    {
        if (!rows.Any(row => PatternStatus.IsHuman(row.Status)) || database.ColumnsOf(connection, Name).Count == 0)
            return rows;

        string[] decided = [.. rows.Where(row => PatternStatus.IsHuman(row.Status)).Select(row => row.PatternId).Distinct()];
        var (condition, values) = database.IsAmong("decided_id", "@ids", decided);
        var parameters = new DynamicParameters();
        parameters.Add("ids", values);
        var all = connection
            .Query<(string PatternId, string ToolSequence, long Count, string DecidedId)>(
                $"SELECT pattern_id, tool_sequence, occurrence_count, decided_id FROM {Name} WHERE {condition} "
                    + "ORDER BY occurrence_count DESC, pattern_id",
                parameters
            )
            .ToLookup(covered => covered.DecidedId);
        return Array.ConvertAll(
            rows,
            row =>
                PatternStatus.IsHuman(row.Status)
                    ? row with
                    {
                        Covers =
                        [
                            .. all[row.PatternId]
                                .Select(covered => new CoveredPattern
                                {
                                    PatternId = covered.PatternId,
                                    ToolSequence = covered.ToolSequence,
                                    OccurrenceCount = covered.Count,
                                    DecidedId = row.PatternId,
                                    DecidedSequence = row.ToolSequence,
                                    Decision = row.Status,
                                }),
                        ],
                    }
                    : row
        );
    }
}
