using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Storage.Tests.Import;

/// <summary>Writes work into the table <c>events</c> of disler's hooks observability server.</summary>
internal static class ObservabilityWriter
{
    public static void Write(AgentWork work, string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY AUTOINCREMENT, source_app TEXT NOT NULL, session_id TEXT NOT NULL,
                hook_event_type TEXT NOT NULL, payload TEXT NOT NULL, chat TEXT, summary TEXT, timestamp INTEGER NOT NULL)
            """
        );
        foreach (var hook in HookLogWriter.Events(work, dated: true))
        {
            var time = DateTime.Parse((string)hook["timestamp"]!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
            hook.Remove("timestamp");
            connection.Execute(
                "INSERT INTO events (source_app, session_id, hook_event_type, payload, "
                    + "timestamp) VALUES ('demo', @session, @type, @payload, @time)",
                new
                {
                    session = work.SessionId,
                    type = (string)hook["hook_event_name"]!,
                    payload = hook.ToJsonString(),
                    time = (long)(time - DateTime.UnixEpoch).TotalMilliseconds,
                }
            );
        }
    }
}
