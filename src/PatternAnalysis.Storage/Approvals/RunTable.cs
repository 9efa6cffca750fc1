using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Dapper;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Events;

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

    /// <summary>The version that made runs of other kinds, and what the looked-at sessions had spent, part of the table.</summary>
    public const string AddKind = """
        ALTER TABLE pattern_runs ADD COLUMN kind TEXT NOT NULL DEFAULT 'analysis';
        ALTER TABLE pattern_runs ADD COLUMN spent_turns BIGINT;
        ALTER TABLE pattern_runs ADD COLUMN spent_usd DOUBLE PRECISION;
        ALTER TABLE pattern_runs ADD COLUMN could_go_turns DOUBLE PRECISION;
        ALTER TABLE pattern_runs ADD COLUMN could_go_usd DOUBLE PRECISION;
        ALTER TABLE pattern_runs ADD COLUMN could_go_usd_low DOUBLE PRECISION;
        ALTER TABLE pattern_runs ADD COLUMN could_go_usd_high DOUBLE PRECISION;
        """;

    /// <summary>The version that made where the turns went part of the table.</summary>
    public const string AddClasses = """
        -- Where the turns of models went, by what their steps are (a JSON list).
        ALTER TABLE pattern_runs ADD COLUMN spent_by_class TEXT;
        """;

    private const string InsertStarted = """
        INSERT INTO pattern_runs (started_at, finished_at, window_since, window_until, evidence_since, evidence_until, outcome, options,
            sessions, events, excluded, patterns_found, auto_approved, pending, auto_rejected, total_savings_usd,
            spent_turns, spent_usd, could_go_turns, could_go_usd, could_go_usd_low, could_go_usd_high, spent_by_class)
        VALUES (@StartedAt, @FinishedAt, @Since, @Until, @EvidenceSince, @EvidenceUntil, 'completed', @Options,
            @Sessions, @Events, @Excluded, @Found, @AutoApproved, @Pending, @AutoRejected, @Savings,
            @SpentTurns, @SpentUsd, @CouldGoTurns, @CouldGoUsd, @CouldGoUsdLow, @CouldGoUsdHigh, @Classes)
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

    private const string InsertOther = """
        INSERT INTO pattern_runs (kind, started_at, finished_at, outcome, error, sessions, events, patterns_found)
        VALUES (@kind, @started, @finished, @outcome, @error, @sessions, @events, @patterns)
        """;

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Where the turns went, as the column says; nothing when something else wrote it.</summary>
    public static ClassSpending[] ReadClasses(string? json)
    {
        try
        {
            return json is null
                ? []
                :
                [
                    .. (JsonSerializer.Deserialize<ClassSpending?[]>(json, s_json) ?? [])
                        .OfType<ClassSpending>()
                        .Where(spending => Enum.IsDefined(spending.Class)),
                ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

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
                run.Money?.SpentTurns,
                SpentUsd = (double?)run.Money?.SpentUsd,
                run.Money?.CouldGoTurns,
                CouldGoUsd = (double?)run.Money?.CouldGoUsd,
                CouldGoUsdLow = (double?)run.Money?.CouldGoUsdLow,
                CouldGoUsdHigh = (double?)run.Money?.CouldGoUsdHigh,
                Classes = run.SpentByClass.Count == 0 ? null : JsonSerializer.Serialize(run.SpentByClass, s_json),
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

    /// <summary>
    /// Adds a run that saved no patterns. Without Dapper, whose start would take longer than an import of unchanged files.
    /// </summary>
    public static void InsertFinished(DbConnection connection, DbTransaction transaction, FinishedRun run)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = InsertOther;
        command.AddParameter("kind").Value = NameOf(run.Kind);
        StoredInstant.Text(run.StartedAt).AddParameter(command, "started");
        StoredInstant.Text(DateTimeOffset.UtcNow).AddParameter(command, "finished");
        command.AddParameter("outcome").Value = NameOf(run.Error is null ? RunOutcome.Completed : RunOutcome.Failed);
        command.AddParameter("error").Value = (object?)run.Error ?? DBNull.Value;
        command.AddParameter("sessions").Value = run.SessionCount;
        command.AddParameter("events").Value = run.EventCount;
        command.AddParameter("patterns").Value = run.PatternCount;
        command.ExecuteNonQuery();
    }

    /// <summary>A kind of runs or an outcome, as its column holds it.</summary>
    public static string NameOf<T>(T kind)
        where T : struct, Enum => kind.ToString().ToLowerInvariant();
}
