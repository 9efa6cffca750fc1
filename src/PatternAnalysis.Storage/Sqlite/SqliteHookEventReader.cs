using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Reads <c>hook_events</c> from SQLite, as UTF-8 straight from the row and in the order in which it lies in the file.</summary>
internal sealed class SqliteHookEventReader(SqliteDatabase database, TimeZoneInfo? timeZone) : IHookEventReader
{
    private const string Table = "hook_events";

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
            using var command = connection.CreateCommand();
            query = query with { ReadsPayload = query.ReadsPayload && columns.Contains("payload") };
            HookEventSql.Build(command, query, InsertionOrder(connection, columns));
            using var interrupt = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
            using var reader = command.ExecuteReader();
            Pump(reader, UsesUtf8(connection), query, sink, cancellationToken);
        }
        catch (SqliteException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {Table}");
        }
    }

    private void Pump(SqliteDataReader reader, bool isUtf8, EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        var row = reader.Handle!;
        for (long count = 1; reader.Read(); count++)
        {
            if ((count & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (!isUtf8)
                ConvertToUtf8(row);

            sink.Add(new HookEventRow
            {
                SessionId = raw.sqlite3_column_blob(row, 0),
                ToolName = raw.sqlite3_column_blob(row, 1),
                UtcTicks = ReadTimestamp(row, 2),
                InsertionId = raw.sqlite3_column_type(row, 3) == raw.SQLITE_NULL ? count : raw.sqlite3_column_int64(row, 3),
                EventType = raw.sqlite3_column_blob(row, 4),
                Payload = query.ReadsPayload ? raw.sqlite3_column_blob(row, 5) : default,
                SourceApp = query.SourceAppFilter is null ? default : raw.sqlite3_column_blob(row, 6),
            });
        }
    }

    private long? ReadTimestamp(sqlite3_stmt row, int column) => raw.sqlite3_column_type(row, column) switch
    {
        raw.SQLITE_NULL => null,
        raw.SQLITE_INTEGER or raw.SQLITE_FLOAT => TimestampParser.TryFromUnix(raw.sqlite3_column_double(row, column), out var ticks) ? ticks : null,
        _ => TimestampParser.TryParse(raw.sqlite3_column_blob(row, column), timeZone, out var ticks) ? ticks : null,
    };

    // A text column's bytes are in the database's encoding until they are asked for as text once.
    private static void ConvertToUtf8(sqlite3_stmt row)
    {
        for (var column = raw.sqlite3_column_count(row) - 1; column >= 0; column--)
        {
            if (raw.sqlite3_column_type(row, column) == raw.SQLITE_TEXT)
                raw.sqlite3_column_text(row, column);
        }
    }

    private static bool UsesUtf8(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA encoding";
        return (string?)command.ExecuteScalar() == "UTF-8";
    }

    private IReadOnlySet<string> CheckColumns(SqliteConnection connection, EventQuery query)
    {
        var columns = database.ColumnsOf(connection, Table);
        if (columns.Count == 0)
        {
            throw new PatternAnalysisException("TableNotFound",
                $"The database '{database.Path}' has no table '{Table}'. Give the database that the hooks write to.");
        }

        string[] wanted =
        [
            "session_id", "event_type", "tool_name", "timestamp",
            .. query.SourceAppFilter is null ? Array.Empty<string>() : ["source_app"],
        ];
        foreach (var column in wanted)
        {
            if (!columns.Contains(column))
            {
                throw new PatternAnalysisException("ColumnNotFound",
                    $"The table '{Table}' of '{database.Path}' has no column '{column}', which this command needs.");
            }
        }

        return columns;
    }

    /// <summary>The expression that tells which of two rows came first: the rowid; in a view its id; else nothing, and the order of reading decides.</summary>
    private static string InsertionOrder(SqliteConnection connection, IReadOnlySet<string> columns)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT typeof(rowid) FROM {Table} LIMIT 1";
            if (command.ExecuteScalar() is null or "integer")
                return "rowid";
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            // A view, or a table WITHOUT ROWID, has none.
        }

        return columns.Contains("id") ? "id" : "NULL";
    }
}
