using System.Data.Common;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Steps;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>The rows of <c>hook_events</c> in SQLite by their row ids.</summary>
internal sealed class SqliteNumberedEvents(SqliteDatabase database, TimeZoneInfo? timeZone) : INumberedEvents
{
    private static readonly string[] s_needed = ["session_id", "event_type", "tool_name", "timestamp"];

    public bool HaveNumbers(DbConnection connection, DbTransaction? transaction)
    {
        var columns = database.ColumnsOf(connection, HookEventInsert.Table, transaction);
        if (!s_needed.All(columns.Contains) || columns.Contains("rowid"))
            return false;
        using var command = SqliteDatabase.Command(
            connection,
            "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = 'hook_events'",
            transaction
        );
        if (command.ExecuteScalar() is not 1L)
            return false;
        try
        {
            using var look = SqliteDatabase.Command(connection, "SELECT rowid FROM hook_events LIMIT 1", transaction);
            return look.ExecuteScalar() is null or long;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return false; // WITHOUT ROWID
        }
    }

    public void Read(DbConnection connection, DbTransaction? transaction, EventGap gap, int count, IHookEventSink sink)
    {
        var columns = database.ColumnsOf(connection, HookEventInsert.Table, transaction);
        using var command = (SqliteCommand)connection.CreateCommand();
        command.Transaction = (SqliteTransaction?)transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"""
            SELECT session_id, tool_name, timestamp, rowid, event_type, {Column("payload")}, {Column("source_app")}
            FROM hook_events NOT INDEXED
            WHERE {(gap.After is null ? "true" : "rowid > @after")} AND {(gap.Before is null ? "true" : "rowid < @before")}
            ORDER BY rowid LIMIT @count
            """;
        if (gap.After is { } after)
            command.Parameters.AddWithValue("@after", after);
        if (gap.Before is { } before)
            command.Parameters.AddWithValue("@before", before);
        command.Parameters.AddWithValue("@count", count);
        Pump((SqliteConnection)connection, command, sink);

        string Column(string name) => columns.Contains(name) ? name : "NULL";
    }

    public void ReadEdges(DbConnection connection, DbTransaction? transaction, IHookEventSink sink)
    {
        using var command = (SqliteCommand)connection.CreateCommand();
        command.Transaction = (SqliteTransaction?)transaction;
        command.CommandText = $"""
            SELECT session_id, tool_name, timestamp, rowid, event_type, NULL, NULL FROM hook_events NOT INDEXED
            WHERE rowid IN (SELECT first_event FROM {StepSchema.Blocks} UNION SELECT last_event FROM {StepSchema.Blocks})
            """;
        Pump((SqliteConnection)connection, command, sink);
    }

    private void Pump(SqliteConnection connection, SqliteCommand command, IHookEventSink sink)
    {
        using var reader = command.ExecuteReader();
        new HookEventPump(connection, timeZone).Run(
            reader,
            connection,
            hasRowIds: true,
            readsPayload: true,
            readsSource: true,
            sink,
            CancellationToken.None
        );
    }
}
