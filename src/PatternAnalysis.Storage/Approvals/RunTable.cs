using System.Data.Common;
using System.Text.Json;
using Dapper;
using PatternAnalysis.Approvals;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The table <c>pattern_runs</c>: one row for each run that was saved or that failed.</summary>
internal static class RunTable
{
    public const string Name = "pattern_runs";

    private const string InsertCompleted = """
        INSERT INTO pattern_runs (started_at, finished_at, window_since, window_until, evidence_since, evidence_until, outcome, sessions, events, excluded,
            patterns_found, patterns_not_stored, new_patterns, updated_patterns, unchanged_patterns,
            auto_approved, pending, auto_rejected, total_savings_usd)
        VALUES (@StartedAt, @FinishedAt, @Since, @Until, @EvidenceSince, @EvidenceUntil, 'completed', @Sessions, @Events, @Excluded,
            @Found, @NotStored, @New, @Updated, @Unchanged, @AutoApproved, @Pending, @AutoRejected, @Savings)
        RETURNING id
        """;

    private const string InsertFailed = """
        INSERT INTO pattern_runs (started_at, finished_at, window_since, window_until, outcome, error)
        VALUES (@StartedAt, @FinishedAt, @Since, @Until, 'failed', @message)
        """;

    public static long Insert(DbConnection connection, DbTransaction transaction, RunRecord run, SaveResult result)
    {
        int Count(string status) => run.Patterns.Count(pattern => pattern.Status == status);
        return connection.ExecuteScalar<long>(
            InsertCompleted,
            new
            {
                StartedAt = StoredInstant.Text(run.StartedAt),
                FinishedAt = StoredInstant.Text(DateTimeOffset.UtcNow),
                Since = StoredInstant.Text(run.Window.Since),
                Until = StoredInstant.Text(run.Window.Until),
                EvidenceSince = StoredInstant.Text(run.Reading.Window.Since),
                EvidenceUntil = StoredInstant.Text(run.Reading.Window.Until),
                Sessions = run.SessionCount,
                Events = run.Reading.EventCount,
                Excluded = new StoredText(JsonSerializer.Serialize(run.Reading.Excluded)),
                Found = run.Patterns.Count,
                result.NotStored,
                New = result.Count(PatternChangeKind.New),
                Updated = result.Count(PatternChangeKind.Updated),
                Unchanged = result.Count(PatternChangeKind.Unchanged),
                AutoApproved = Count(PatternStatus.AutoApproved),
                Pending = Count(PatternStatus.Pending),
                AutoRejected = Count(PatternStatus.AutoRejected),
                Savings = (double)run.TotalSavings,
            },
            transaction
        );
    }

    public static void InsertFailure(
        DbConnection connection,
        DbTransaction transaction,
        DateTimeOffset startedAt,
        TimeWindow window,
        string message
    ) =>
        connection.Execute(
            InsertFailed,
            new
            {
                StartedAt = StoredInstant.Text(startedAt),
                FinishedAt = StoredInstant.Text(DateTimeOffset.UtcNow),
                Since = StoredInstant.Text(window.Since),
                Until = StoredInstant.Text(window.Until),
                message,
            },
            transaction
        );
}
