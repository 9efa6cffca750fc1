using System.Data.Common;
using Dapper;
using PatternAnalysis.Storage.Approvals;

namespace PatternAnalysis.Storage.Notification;

/// <summary>The statements on the outbox's tables.</summary>
internal static class OutboxTable
{
    private const string InsertChange = """
        INSERT INTO pattern_outbox (pattern_id, change, created_at)
        SELECT @id, COALESCE(MAX(change), 0) + 1, @at FROM pattern_outbox WHERE pattern_id = @id
        """;

    private const string InsertFirstChange = """
        INSERT INTO pattern_outbox (pattern_id, change, created_at)
        SELECT pattern_id, 1, @at FROM pattern_approvals
        WHERE pattern_id = @id AND status = @Pending
        ON CONFLICT (pattern_id, change) DO NOTHING
        """;

    // Only the last change of a pattern is worth telling, and only while the pattern still waits.
    private const string SelectUntold = """
        SELECT o.pattern_id AS PatternId, o.change AS Change, COALESCE(d.attempts, 0) AS Attempts
        FROM pattern_outbox o
        JOIN pattern_approvals a ON a.pattern_id = o.pattern_id AND a.status = @Pending
        LEFT JOIN pattern_outbox_deliveries d ON d.pattern_id = o.pattern_id AND d.change = o.change AND d.sink = @sink
        WHERE o.change = (SELECT MAX(change) FROM pattern_outbox WHERE pattern_id = o.pattern_id)
          AND d.delivered_at IS NULL
          AND (d.claimed_until IS NULL OR d.claimed_until <= @now)
          AND NOT EXISTS (SELECT 1 FROM pattern_outbox_deliveries e WHERE e.pattern_id = o.pattern_id AND e.change = o.change
              AND e.sink = '*')
        ORDER BY o.pattern_id
        """;

    private const string UpsertClaim = """
        INSERT INTO pattern_outbox_deliveries (pattern_id, change, sink, attempts, claimed_by, claimed_until)
        VALUES (@PatternId, @Change, @sink, 1, @token, @until)
        ON CONFLICT (pattern_id, change, sink) DO UPDATE
        SET attempts = pattern_outbox_deliveries.attempts + 1, claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
        """;

    private const string SetDelivered = """
        UPDATE pattern_outbox_deliveries SET delivered_at = @at, claimed_by = NULL, claimed_until = NULL, error = NULL
        WHERE sink = @sink AND claimed_by = @token
        """;

    private const string SetReleased = """
        UPDATE pattern_outbox_deliveries SET claimed_by = NULL, claimed_until = NULL, error = @error
        WHERE sink = @sink AND claimed_by = @token
        """;

    /// <summary>Notes that a pattern came to wait for review.</summary>
    public static void AddChange(DbConnection connection, DbTransaction transaction, string patternId, DateTimeOffset now) =>
        connection.Execute(InsertChange, new { id = patternId, at = StoredInstant.Text(now) }, transaction);

    /// <summary>Notes the same for patterns that another program stored, of which nothing is noted yet.</summary>
    public static void AddFirstChanges(
        DbConnection connection,
        DbTransaction transaction,
        IEnumerable<string> patternIds,
        DateTimeOffset now
    )
    {
        var known = connection.Query<string>("SELECT DISTINCT pattern_id FROM pattern_outbox", transaction: transaction).ToHashSet();
        connection.Execute(
            InsertFirstChange,
            patternIds
                .Where(id => !known.Contains(id))
                .Select(id => new
                {
                    id,
                    at = StoredInstant.Text(now),
                    PatternStatus.Pending,
                }),
            transaction
        );
    }

    public static IEnumerable<Untold> FindUntold(DbConnection connection, DbTransaction? transaction, string sink, DateTimeOffset now) =>
        connection.Query<Untold>(
            SelectUntold,
            new
            {
                sink,
                now = StoredInstant.Text(now),
                PatternStatus.Pending,
            },
            transaction
        );

    public static void Claim(
        DbConnection connection,
        DbTransaction transaction,
        IEnumerable<Untold> changes,
        string sink,
        string token,
        DateTimeOffset until
    ) =>
        connection.Execute(
            UpsertClaim,
            changes.Select(change => new
            {
                change.PatternId,
                change.Change,
                sink,
                token,
                until = StoredInstant.Text(until),
            }),
            transaction
        );

    public static void Complete(DbConnection connection, DbTransaction transaction, string sink, string token, DateTimeOffset now) =>
        connection.Execute(
            SetDelivered,
            new
            {
                sink,
                token,
                at = StoredInstant.Text(now),
            },
            transaction
        );

    public static void Release(DbConnection connection, DbTransaction transaction, string sink, string token, string error) =>
        connection.Execute(
            SetReleased,
            new
            {
                sink,
                token,
                error,
            },
            transaction
        );

    /// <summary>A change that a sink was not told of.</summary>
    internal sealed class Untold
    {
        public string PatternId { get; init; } = "";

        public long Change { get; init; }

        /// <summary>How often telling was tried.</summary>
        public long Attempts { get; init; }
    }
}
