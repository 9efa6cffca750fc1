using System.Globalization;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Benchmarks;

/// <summary>
/// A database as the hooks leave it: the original's table and its indexes, two events a call (start and end), payloads of 500 bytes,
/// sixty sessions at a time writing in turn.
/// </summary>
internal static class EventDatabase
{
    public const string StartType = "PreToolUse";
    public const string EndType = "PostToolUse";
    private const int PayloadLength = 500;
    private const int SessionsAtATime = 60;

    public static readonly DateTime FirstEvent = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);

    public static void Create(string path, long events, int seed)
    {
        File.Delete(path);
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(
            connection,
            """
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;
            CREATE TABLE hook_events (
                id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT NOT NULL, event_type TEXT NOT NULL, source_app TEXT,
                    session_id TEXT NOT NULL,
                workflow_id TEXT, timestamp TEXT DEFAULT (datetime('now')), payload TEXT NOT NULL, tool_name TEXT, chat_history TEXT,
                processed INTEGER DEFAULT 0, processed_at TEXT, created_at TEXT DEFAULT (datetime('now')));
            BEGIN;
            """
        );
        Fill(connection, events, seed);

        // Made afterwards, which is faster and leaves the same indexes.
        Execute(
            connection,
            """
            COMMIT;
            CREATE INDEX idx_hook_events_type ON hook_events (event_type);
            CREATE INDEX idx_hook_events_session ON hook_events (session_id);
            CREATE INDEX idx_hook_events_timestamp ON hook_events (timestamp);
            """
        );
    }

    private static void Fill(SqliteConnection connection, long events, int seed)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = """
            INSERT INTO hook_events (event_id, event_type, source_app, session_id, timestamp, payload, tool_name)
            VALUES (@event, @type, 'tac', @session, @time, @payload, @tool)
            """;
        var (eventId, type, session, time, payload, tool) = (
            insert.Parameters.Add("@event", SqliteType.Text),
            insert.Parameters.Add("@type", SqliteType.Text),
            insert.Parameters.Add("@session", SqliteType.Text),
            insert.Parameters.Add("@time", SqliteType.Text),
            insert.Parameters.Add("@payload", SqliteType.Text),
            insert.Parameters.Add("@tool", SqliteType.Text)
        );
        insert.Prepare();

        foreach (var row in Rows(events, seed))
        {
            (eventId.Value, type.Value, session.Value, time.Value, payload.Value, tool.Value) = (
                row.EventId,
                row.EventType,
                row.Session,
                row.Time,
                row.Payload,
                row.Tool
            );
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>The events as they are stored: a start and an end for each call.</summary>
    public static IEnumerable<(string EventId, string EventType, string Session, string Time, string Payload, string Tool)> Rows(
        long events,
        int seed
    )
    {
        long number = 0;
        foreach (var call in Calls(events / 2, seed))
        {
            foreach (var eventType in (string[])[StartType, EndType])
            {
                var time = FirstEvent.AddMilliseconds(number * 15).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
                yield return (
                    number.ToString("x12", CultureInfo.InvariantCulture),
                    eventType,
                    call.Session,
                    time,
                    Payload(call.Session, number / 2, eventType),
                    call.Tool
                );
                number++;
            }
        }
    }

    /// <summary>Calls in the order of their time: sessions that run side by side take turns.</summary>
    public static IEnumerable<(string Session, string Tool)> Calls(long count, int seed)
    {
        var sessions = new SessionGenerator(seed);
        var turn = new Random(seed + 1);
        var open = new (string Id, string[] Steps, int Next)[SessionsAtATime];
        var opened = 0;
        for (long i = 0; i < count; i++)
        {
            ref var session = ref open[turn.Next(SessionsAtATime)];
            if (session.Steps is null || session.Next == session.Steps.Length)
                session = (SessionId(opened++), sessions.Next(), 0);
            yield return (session.Id, session.Steps[session.Next++]);
        }
    }

    private static string SessionId(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{(uint)number * 2654435761u:x8}-5e55-4a0e-8f00-{number:x12}");

    private static string Payload(string session, long call, string eventType)
    {
        var start = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"session_id\":\"{session}\",\"hook_event_name\":\"{eventType}\",\"tool_use_id\":\"toolu_{call:x16}\","
                + $"\"tool_input\":{{\"command\":\""
        );
        return start.PadRight(PayloadLength - 3, 'x') + "\"}}";
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
