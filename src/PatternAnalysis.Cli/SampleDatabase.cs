using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Cli;

/// <summary>Makes a database of the bundled sample.</summary>
internal static class SampleDatabase
{
    private const string Schema = """
        CREATE TABLE hook_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT, event_id TEXT UNIQUE NOT NULL, event_type TEXT NOT NULL, source_app TEXT,
            session_id TEXT NOT NULL, timestamp TEXT NOT NULL, payload TEXT NOT NULL, tool_name TEXT)
        """;

    private const string Insert = """
        INSERT INTO hook_events (event_id, event_type, source_app, session_id, timestamp, payload, tool_name)
        VALUES (@event_id, @event_type, @source_app, @session_id, @timestamp, @payload, @tool_name)
        """;

    public static void Create(string database, string sample)
    {
        using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString()
        );
        connection.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(Schema, transaction: transaction);
        connection.Execute(Insert, File.ReadLines(sample).Select(Read), transaction);
        transaction.Commit();
    }

    private static DynamicParameters Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var parameters = new DynamicParameters();
        foreach (var field in json.RootElement.EnumerateObject())
            parameters.Add(field.Name, field.Value.ValueKind == JsonValueKind.Object ? field.Value.GetRawText() : field.Value.GetString());
        return parameters;
    }
}
