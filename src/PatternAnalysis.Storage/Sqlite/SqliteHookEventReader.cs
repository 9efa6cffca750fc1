using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
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
            var sql = new HookEventSql(query, insertionOrder);
            var plan = insertionOrder == RowId ? ReadPlan.Choose(connection, sql, Environment.ProcessorCount) : ReadPlan.AsSqliteLikes;
            var pump = new HookEventPump(connection, timeZone);
            ReadParts(
                plan,
                connection,
                () => database.OpenForReading(immutable),
                sink,
                (part, range, to, stop) =>
                {
                    using var command = part.CreateCommand();
                    sql.Build(command, range, plan.UsesIndexes);
                    using var reader = command.ExecuteReader();
                    pump.Run(reader, part, insertionOrder == RowId, query.ReadsPayload, query.SourceAppFilter is not null, to, stop);
                },
                cancellationToken
            );
        }
        catch (SqliteException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {Table}");
        }
    }

    /// <summary>Reads the parts of a plan, over a further connection for each further thread that the sink allows.</summary>
    private static void ReadParts(
        ReadPlan plan,
        SqliteConnection connection,
        Func<SqliteConnection> open,
        IHookEventSink sink,
        Action<SqliteConnection, ReadRange, IHookEventSink, CancellationToken> read,
        CancellationToken cancellationToken
    )
    {
        void Read(SqliteConnection part, IHookEventSink to, IEnumerable<int> ranges, CancellationToken stop)
        {
            using var interrupt = stop.Register(() => raw.sqlite3_interrupt(part.Handle));
            foreach (var range in ranges)
                read(part, plan.Ranges[range], to, stop);
        }

        List<Action<IEnumerable<int>, CancellationToken>> workers = [(ranges, stop) => Read(connection, sink, ranges, stop)];
        while (workers.Count < plan.Connections && sink.Fork() is { } fork)
        {
            workers.Add(
                (ranges, stop) =>
                {
                    using var part = open();
                    Read(part, fork, ranges, stop);
                }
            );
        }

        PartWorkers.Run(plan.Ranges.Count, workers, cancellationToken);
    }

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
