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
        if (Number(connection, transaction, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND lower(name) = 'hook_events'") == 0)
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

    public bool MayReadSteps(DbConnection connection) => true;

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

    // An index that holds every row tells their count without a look at the table, whose payloads are much to read.
    public bool HaveCount(DbConnection connection, DbTransaction? transaction, IReadOnlyList<StepBlock> blocks, bool looksAtAll)
    {
        if (Number(connection, transaction, "SELECT count(*) FROM pragma_index_list('hook_events') WHERE partial = 0") == 0)
            return true;
        var count = blocks.Sum(block => block.EventCount);
        foreach (var gap in EventGap.Between(blocks))
            count += Count(connection, transaction, gap);
        return Number(connection, transaction, "SELECT count(*) FROM hook_events") == count;
    }

    public long Count(DbConnection connection, DbTransaction? transaction, StepBlock block) =>
        Number(
            connection,
            transaction,
            "SELECT count(*) FROM hook_events NOT INDEXED WHERE rowid >= @low AND rowid <= @high",
            block.FirstEvent,
            block.LastEvent
        );

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

    public long Count(DbConnection connection, DbTransaction? transaction, EventGap gap) =>
        (gap.After, gap.Before) switch
        {
            ({ } after, { } before) => Number(
                connection,
                transaction,
                "SELECT count(*) FROM hook_events NOT INDEXED WHERE rowid > @low AND rowid < @high",
                after,
                before
            ),
            ({ } after, null) => Number(connection, transaction, "SELECT count(*) FROM hook_events NOT INDEXED WHERE rowid > @low", after),
            (null, { } before) => Number(
                connection,
                transaction,
                "SELECT count(*) FROM hook_events NOT INDEXED WHERE rowid < @high",
                high: before
            ),
            _ => Number(connection, transaction, "SELECT count(*) FROM hook_events"),
        };

    private static long Number(DbConnection connection, DbTransaction? transaction, string text, long? low = null, long? high = null)
    {
        using var command = SqliteDatabase.Command(connection, text, transaction);
        command.CommandTimeout = 0;
        if (low is not null)
            command.AddParameter("@low").Value = low;
        if (high is not null)
            command.AddParameter("@high").Value = high;
        return (long)command.ExecuteScalar()!;
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
