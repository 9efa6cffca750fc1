using System.Data.Common;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>A SQLite file in a folder of its own.</summary>
public sealed class SqliteEvents : EventDatabase
{
    /// <summary>The table as the original's project has it.</summary>
    public const string OriginalSchema = """
        CREATE TABLE hook_events (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            event_id TEXT UNIQUE NOT NULL DEFAULT (lower(hex(randomblob(16)))),
            event_type TEXT NOT NULL CHECK (event_type IN ('PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Stop', 'SubagentStop',
                'PreCompact', 'SessionStart', 'SessionEnd', 'Notification', 'tool_use')),
            source_app TEXT NOT NULL DEFAULT 'app',
            session_id TEXT NOT NULL,
            workflow_id INTEGER,
            timestamp TEXT NOT NULL DEFAULT (datetime('now')),
            payload TEXT NOT NULL DEFAULT '{}',
            tool_name TEXT,
            chat_history TEXT,
            processed INTEGER DEFAULT 0,
            processed_at TEXT,
            created_at TEXT DEFAULT (datetime('now'))
        );
        CREATE INDEX idx_hook_events_event_type ON hook_events (event_type);
        CREATE INDEX idx_hook_events_session ON hook_events (session_id);
        CREATE INDEX idx_hook_events_timestamp ON hook_events (timestamp);
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-").FullName;

    public SqliteEvents(string schema = MinimalSchema, string journalMode = "DELETE")
    {
        Path = System.IO.Path.Combine(_folder, "events.db");
        using var connection = Open();
        connection.Execute($"PRAGMA journal_mode = {journalMode}");
        connection.Execute(schema);
    }

    public string Path { get; }

    public override PatternDatabase Database => PatternDatabase.Open(Path);

    public override DbConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>The names and the contents of all files of the folder.</summary>
    public override IReadOnlyDictionary<string, string> State() =>
        Directory
            .GetFiles(_folder)
            .ToDictionary(file => System.IO.Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));

    public override void Dispose() => Directory.Delete(_folder, recursive: true);
}
