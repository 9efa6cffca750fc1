using System.Globalization;
using System.Text.Json;
using Dapper;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Events that several databases are filled with.</summary>
internal sealed record SampleEvent(string SessionId, string Type, string Tool, string Timestamp, string Payload);

internal static class SampleEvents
{
    private static readonly string[] s_tools = ["Read", "Edit", "Write", "Bash", "読む", "a→b", "it's", "\"q\"", "delete_branch", ""];

    /// <summary>Events of sessions with habits, chance between them, names in any script, and rows that can't be used.</summary>
    public static SampleEvent[] Generate(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, 3000)
                .Select(_ => new SampleEvent(
                    $"session-{random.Next(60)}",
                    random.Next(10) > 0 ? "PreToolUse" : "Notification",
                    s_tools[Math.Min(random.Next(s_tools.Length), random.Next(s_tools.Length))],
                    new DateTime(2026, 3, 2)
                        .AddSeconds(random.Next(2000))
                        .ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
                    "{}"
                )),
        ];
    }

    /// <summary>The reference events.</summary>
    public static SampleEvent[] Reference() =>
        [
            .. File.ReadLines(ReferenceEventsFactAttribute.Path!)
                .Select(line =>
                {
                    var json = JsonDocument.Parse(line).RootElement;
                    string Field(string name) => json.GetProperty(name).GetString() ?? "";
                    return new SampleEvent(
                        Field("session_id"),
                        Field("event_type"),
                        Field("tool_name"),
                        Field("timestamp"),
                        json.GetProperty("payload").GetRawText()
                    );
                }),
        ];

    public static void AddTo(this SampleEvent[] events, EventDatabase database, bool withPayload = true)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            withPayload
                ? "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, "
                    + "payload) VALUES (@SessionId, @Type, @Tool, @Timestamp, @Payload)"
                : "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp) VALUES (@SessionId, @Type, @Tool, @Timestamp)",
            events.Select(row => new
            {
                row.SessionId,
                row.Type,
                row.Tool,
                Timestamp = new StoredText(row.Timestamp),
                Payload = new StoredText(row.Payload),
            }),
            transaction
        );
        transaction.Commit();
    }
}
