using System.Globalization;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Formats;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Usage;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// The events of another SQLite database: the table <c>events</c> of disler's hooks observability server, or a <c>hook_events</c>.
/// </summary>
internal sealed class SqliteEventSource(string path, long length, DateTime lastWriteUtc) : IEventSource
{
    private const string Observability = """
        SELECT id, NULL, hook_event_type, source_app, session_id, timestamp, NULL, payload FROM events ORDER BY id
        """;

    private const string HookEvents = """
        SELECT rowid, event_id, event_type, source_app, session_id, timestamp, tool_name, payload FROM hook_events ORDER BY rowid
        """;

    private const string FormatName = "SqliteEvents";

    public string Name => path;

    public long Length => length;

    public DateTime LastWriteUtc => lastWriteUtc;

    /// <summary>Whether a file is a database, by what it begins with.</summary>
    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("SQLite format 3\0"u8);

    public FileReading Read(IEventReceiver receiver, ReadingPoint? from, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        var database = new SqliteDatabase(path);
        try
        {
            using var connection = database.OpenForReading();
            if (OpenCodeDatabase.Is(database, connection))
            {
                var reading = OpenCodeDatabase.Read(connection, path, receiver, cancellationToken);
                bytesRead(length);
                return reading;
            }

            if (Statement(database, connection) is not { } statement)
            {
                receiver.Skip(SkipReason.UnknownFormat, 0, OtherDatabase.Describe(database, connection));
                return default;
            }

            using var command = connection.CreateCommand();
            command.CommandText = statement;
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                Read((SqliteDataReader)row, receiver);
            }

            if (statement == HookEvents)
                AddUsage(new SqlUsageStore(database), receiver, cancellationToken);
            bytesRead(length);
            return new(false, null, FormatName);
        }
        catch (Exception error) when (error is SqliteException or PatternAnalysisException)
        {
            throw new IOException(error.Message, error);
        }
    }

    private static string? Statement(SqliteDatabase database, System.Data.Common.DbConnection connection)
    {
        string[] common = ["source_app", "session_id", "timestamp", "payload"];
        var events = database.ColumnsOf(connection, "events");
        if (events.IsSupersetOf([.. common, "id", "hook_event_type"]))
            return Observability;

        return database.ColumnsOf(connection, "hook_events").IsSupersetOf([.. common, "event_id", "event_type", "tool_name"])
            ? HookEvents
            : null;
    }

    // Another database of this product's: what messages took and what is kept of answers comes along.
    private static void AddUsage(SqlUsageStore usage, IEventReceiver receiver, CancellationToken cancellationToken)
    {
        foreach (var message in usage.ReadMessages(TimeWindow.Always, cancellationToken))
            receiver.Add(message);
        foreach (var result in usage.ReadResults(TimeWindow.Always, cancellationToken))
            receiver.Add(result);
    }

    private static void Read(SqliteDataReader row, IEventReceiver receiver)
    {
        var number = row.IsDBNull(0) ? 0 : row.GetInt64(0);
        if (Text(row, 2) is not { } type)
        {
            receiver.Skip(SkipReason.NotAnEvent, number);
            return;
        }

        try
        {
            if (!TryTime(row, 5, out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp, number);
                return;
            }

            var stored = new StoredPayload(Text(row, 7) ?? "").Event;
            receiver.Add(
                stored with
                {
                    EventType = type,
                    EventId = Text(row, 1),
                    SourceApp = Text(row, 3),
                    SessionId = Text(row, 4) ?? stored.SessionId,
                    ToolName = Text(row, 6) ?? stored.ToolName,
                    UtcTicks = ticks,
                },
                number
            );
        }
        catch (InvalidOperationException)
        {
            receiver.Skip(SkipReason.NotUtf8, number);
        }
    }

    private static bool TryTime(SqliteDataReader row, int column, out long? ticks)
    {
        ticks = null;
        if (row.IsDBNull(column))
            return true;

        long instant = 0;
        var isInstant = row.GetValue(column) switch
        {
            string text => TimestampParser.TryParse(Encoding.UTF8.GetBytes(text), out instant),
            long number => TimestampParser.TryFromUnix(number, out instant),
            double number => TimestampParser.TryFromUnix(number, out instant),
            _ => false,
        };
        ticks = isInstant ? instant : null;
        return isInstant;
    }

    private static string? Text(SqliteDataReader row, int column) =>
        row.GetValue(column) switch
        {
            string { Length: > 0 } text => text,
            long number => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
}
