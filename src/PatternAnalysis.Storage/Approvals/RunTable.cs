using System.Data.Common;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_runs</c>: one row for each run that was saved or that failed.</summary>
internal static class RunTable
{
    public const string Name = "pattern_runs";

    /// <summary>The version that made runs remember their options, and patterns their runs.</summary>
    public const string AddOptions = """
        ALTER TABLE pattern_runs ADD COLUMN options TEXT;
        ALTER TABLE pattern_evidence ADD COLUMN run_id BIGINT;
        """;

    private const string InsertStarted = """
        INSERT INTO pattern_runs (started_at, finished_at, window_since, window_until, evidence_since, evidence_until, outcome, options,
            sessions, events, excluded, patterns_found, auto_approved, pending, auto_rejected, total_savings_usd)
        VALUES (@StartedAt, @FinishedAt, @Since, @Until, @EvidenceSince, @EvidenceUntil, 'completed', @Options,
            @Sessions, @Events, @Excluded, @Found, @AutoApproved, @Pending, @AutoRejected, @Savings)
        RETURNING id
        """;

    private const string UpdateCompleted = """
        UPDATE pattern_runs SET finished_at = @FinishedAt, patterns_not_stored = @NotStored, new_patterns = @New,
            updated_patterns = @Updated, unchanged_patterns = @Unchanged
        WHERE id = @runId
        """;

    private const string InsertFailed = """
        INSERT INTO pattern_runs (started_at, finished_at, window_since, window_until, outcome, options, error)
        VALUES (@StartedAt, @FinishedAt, @Since, @Until, 'failed', @options, @message)
        """;

    /// <summary>Makes the row of a run, so that what is saved of it can say which run it is of.</summary>
    /// <returns>The run's number.</returns>
    public static long Start(DbConnection connection, DbTransaction transaction, CompletedRun run)
    {
        int Count(string status) => run.Patterns.Count(pattern => pattern.Status == status);
        return connection.ExecuteScalar<long>(
            InsertStarted,
            new
            {
                StartedAt = StoredInstant.Text(run.StartedAt),
                FinishedAt = StoredInstant.Text(DateTimeOffset.UtcNow),
                Since = StoredInstant.Text(run.Window.Since),
                Until = StoredInstant.Text(run.Window.Until),
                EvidenceSince = StoredInstant.Text(run.Reading.Window.Since),
                EvidenceUntil = StoredInstant.Text(run.Reading.Window.Until),
                run.Options,
                Sessions = run.SessionCount,
                Events = run.Reading.EventCount,
                Excluded = new StoredText(JsonSerializer.Serialize(run.Reading.Excluded)),
                Found = run.Patterns.Count,
                AutoApproved = Count(PatternStatus.AutoApproved),
                Pending = Count(PatternStatus.Pending),
                AutoRejected = Count(PatternStatus.AutoRejected),
                Savings = (double)run.TotalSavings,
            },
            transaction
        );
    }

    /// <summary>Adds what became of its patterns.</summary>
    public static void Complete(DbConnection connection, DbTransaction transaction, long runId, SaveResult result) =>
        connection.Execute(
            UpdateCompleted,
            new
            {
                runId,
                FinishedAt = StoredInstant.Text(DateTimeOffset.UtcNow),
                result.NotStored,
                New = result.Count(PatternChangeKind.New),
                Updated = result.Count(PatternChangeKind.Updated),
                Unchanged = result.Count(PatternChangeKind.Unchanged),
            },
            transaction
        );

    public static void InsertFailure(
        DbConnection connection,
        DbTransaction transaction,
        DateTimeOffset startedAt,
        TimeWindow window,
        string message,
        string? options
    ) =>
        connection.Execute(
            InsertFailed,
            new
            {
                StartedAt = StoredInstant.Text(startedAt),
                FinishedAt = StoredInstant.Text(DateTimeOffset.UtcNow),
                Since = StoredInstant.Text(window.Since),
                Until = StoredInstant.Text(window.Until),
                options,
                message,
            },
            transaction
        );
}
