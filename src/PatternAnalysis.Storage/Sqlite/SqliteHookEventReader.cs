using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Steps;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// Reads <c>hook_events</c> from SQLite, as UTF-8 straight from the row and in the order in which it lies in the file or in an index, by
/// several threads.
/// </summary>
internal sealed class SqliteHookEventReader(SqliteDatabase database, TimeZoneInfo? timeZone) : IHookEventReader
{
    private const string Table = "hook_events";
    private const string RowId = "rowid";

    private readonly SqliteNumberedEvents _numbered = new(database, timeZone);
    private readonly SqliteStepTable _steps = new(database);

    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        if (!SqliteSnapshot.NeedsImmutable(database.Path))
        {
            ReadOnce(query, sink, immutable: false, cancellationToken);
            return;
        }

        var before = SqliteSnapshot.Of(database.Path);
        ReadOnce(query, sink, immutable: true, cancellationToken);
        if (SqliteSnapshot.Of(database.Path) == before)
            return;

        // Somebody wrote meanwhile, so what was read may be torn. Now there are -wal and -shm files anyway.
        sink.Restart();
        ReadOnce(query, sink, immutable: false, cancellationToken);
    }

    private void ReadOnce(EventQuery query, IHookEventSink sink, bool immutable, CancellationToken cancellationToken)
    {
        using var connection = database.OpenForReading(immutable);
        try
        {
            var columns = CheckColumns(connection, query);
            query = query with { ReadsPayload = query.ReadsPayload && columns.Contains("payload") };
            var insertionOrder = InsertionOrder(connection, columns);
            var parts = new SqliteParts(connection, () => database.OpenForReading(immutable), sink);
            if (insertionOrder == RowId && ReadDerived(query, sink, connection, parts, cancellationToken))
                return;

            var sql = new HookEventSql(query, insertionOrder);
            var plan = insertionOrder == RowId ? ReadPlan.Choose(connection, sql, Environment.ProcessorCount) : ReadPlan.AsSqliteLikes;
            var pump = new HookEventPump(connection, timeZone);
            parts.Read(
                [.. plan.Ranges.Select(range => Part(pump, sql, range, plan.UsesIndexes, query, insertionOrder == RowId))],
                plan.Connections,
                cancellationToken
            );
        }
        catch (SqliteException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {Table}");
        }
    }

    /// <summary>Reads what is derived as it was derived, and the rest of the events themselves.</summary>
    /// <returns>False when all events are to be read, and none was.</returns>
    private bool ReadDerived(
        EventQuery query,
        IHookEventSink sink,
        SqliteConnection connection,
        SqliteParts parts,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var removals = StepState.RemovalsOf(database, connection);
            if (StepPlan.Of(database, _numbered, _steps, timeZone, connection, query, sink) is not { } plan)
                return false;

            var sql = new HookEventSql(query, RowId);
            var pump = new HookEventPump(connection, timeZone);
            ReadRange[][] gaps = [.. plan.Gaps.Select(gap => ReadPlan.OfGap(connection, gap, Environment.ProcessorCount).ToArray())];

            // In the order of the rows, so that a small table is read as it lies there.
            SqlitePart[] all =
            [
                .. plan
                    .Ranges.Select(range => (range.First, Parts: (SqlitePart[])[StepPump.Part(query, range, plan.Texts)]))
                    .Concat(plan.Gaps.Zip(gaps, (gap, ranges) => (gap.After ?? long.MinValue, Parts: Array.ConvertAll(ranges, Raw))))
                    .OrderBy(part => part.Item1)
                    .SelectMany(part => part.Parts),
                .. plan.Unreadable.Select(range => Raw(ReadRange.Of(SqliteStepTable.SelectUnreadable(range)))),
            ];
            parts.Read(all, Math.Max(plan.Connections, gaps.Select(ranges => ranges.Length).DefaultIfEmpty().Max()), cancellationToken);

            SqlitePart Raw(ReadRange range) => Part(pump, sql, range, usesIndexes: false, query, hasRowIds: true);

            // Each statement saw its own state of the database: whether one of them saw steps that somebody was removing tells the end.
            if (plan.StillHolds(connection) && StepState.RemovalsOf(database, connection) == removals)
                return true;
        }
        catch (StepsChangedException)
        {
            // Not whole: whoever looks after the tables says so.
        }

        sink.Restart();
        return false;
    }

    private static SqlitePart Part(
        HookEventPump pump,
        HookEventSql sql,
        ReadRange range,
        bool usesIndexes,
        EventQuery query,
        bool hasRowIds
    ) =>
        (connection, to, stop) =>
        {
            using var command = connection.CreateCommand();
            sql.Build(command, range, usesIndexes);
            using var reader = command.ExecuteReader();
            pump.Run(reader, connection, hasRowIds, query.ReadsPayload, query.SourceAppFilter is not null, to, stop);
        };

    private IReadOnlySet<string> CheckColumns(SqliteConnection connection, EventQuery query)
    {
        var columns = database.ColumnsOf(connection, Table);
        if (columns.Count == 0)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.TableNotFound,
                $"The database '{database.Path}' has no table '{Table}'. Give the database that the hooks write to."
            );
        }

        string[] wanted =
        [
            "session_id",
            "event_type",
            "tool_name",
            "timestamp",
            .. query.SourceAppFilter is null ? Array.Empty<string>() : ["source_app"],
        ];
        foreach (var column in wanted)
        {
            if (!columns.Contains(column))
            {
                throw new PatternAnalysisException(
                    ErrorCatalogue.ColumnNotFound,
                    $"The table '{Table}' of '{database.Path}' has no column '{column}', which this command needs."
                );
            }
        }

        return columns;
    }

    /// <summary>
    /// The expression that tells which of two rows came first: the rowid; in a view its id; else nothing, and the order of reading decides.
    /// </summary>
    private static string InsertionOrder(SqliteConnection connection, IReadOnlySet<string> columns)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT typeof(rowid) FROM {Table} LIMIT 1";
            if (command.ExecuteScalar() is null or "integer")
                return RowId;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A view, or a table WITHOUT ROWID, has none.
        }

        return columns.Contains("id") ? "id" : "NULL";
    }
}
