using Dapper;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Analysis;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>A SQLite file of hook events in a folder of its own, which goes with it.</summary>
internal sealed class EventDatabase : IDisposable
{
    /// <summary>The table that the original needs at least.</summary>
    public const string MinimalSchema = "CREATE TABLE hook_events (session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT)";

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

    public EventDatabase(string schema = MinimalSchema, string journalMode = "DELETE")
    {
        Path = System.IO.Path.Combine(_folder, "events.db");
        using var connection = Open();
        connection.Execute($"PRAGMA journal_mode = {journalMode}");
        connection.Execute(schema);
    }

    public string Path { get; }

    public PatternDatabase Database => PatternDatabase.Open(Path);

    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    /// <summary>Adds a session whose tools were used a second apart.</summary>
    public EventDatabase AddSession(string sessionId, DateTimeOffset start, params string[] tools)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        foreach (var (tool, number) in tools.Select((tool, number) => (tool, number)))
            Insert(connection, sessionId, "tool_use", tool, start.AddSeconds(number).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss"), transaction);
        transaction.Commit();
        return this;
    }

    public EventDatabase Add(string? sessionId, string eventType, string? tool, object? timestamp)
    {
        using var connection = Open();
        Insert(connection, sessionId, eventType, tool, timestamp, null);
        return this;
    }

    public EventDatabase AddCall(string sessionId, string eventType, string tool, string timestamp, string payload)
    {
        using var connection = Open();
        connection.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, payload) VALUES (@sessionId, @eventType, @tool, @timestamp, @payload)",
            new { sessionId, eventType, tool, timestamp, payload });
        return this;
    }

    /// <summary>The original's own fixture: five sessions Read→Edit→Write and three Test→Fix→Test, an hour or two ago.</summary>
    public EventDatabase AddOriginalFixture(int times = 1)
    {
        for (var i = 0; i < 5 * times; i++)
            AddSession($"test-session-{i}", DateTimeOffset.UtcNow.AddHours(-1), "Read", "Edit", "Write");
        for (var i = 5 * times; i < 8 * times; i++)
            AddSession($"test-session-{i}", DateTimeOffset.UtcNow.AddHours(-2), "Test", "Fix", "Test");
        return this;
    }

    public AnalysisSummary Analyze(AnalysisOptions? options = null) =>
        new DailyAnalysis(Database.Events, Database.Approvals).Run(options ?? LastDay());

    public static AnalysisOptions LastDay(bool dryRun = false) =>
        new() { Query = new EventQuery { Window = TimeWindow.Last(24, DateTimeOffset.UtcNow) }, DryRun = dryRun };

    /// <summary>Every row of every table of the product, as text.</summary>
    public IReadOnlyList<string> Rows(params string[] tables)
    {
        using var connection = Open();
        return [.. tables.SelectMany(table => connection.Query($"SELECT * FROM {table} ORDER BY 1, 2")
            .Select(row => $"{table}: {string.Join(", ", ((IDictionary<string, object>)row).Select(cell => $"{cell.Key}={cell.Value}"))}"))];
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Open();
        return connection.ExecuteScalar<T>(sql)!;
    }

    public void Execute(string sql, object? parameters = null)
    {
        using var connection = Open();
        connection.Execute(sql, parameters);
    }

    /// <summary>The names and the contents of all files of the folder.</summary>
    public IReadOnlyDictionary<string, string> Files() => Directory.GetFiles(_folder)
        .ToDictionary(file => System.IO.Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Insert(SqliteConnection connection, string? sessionId, string eventType, string? tool, object? timestamp, SqliteTransaction? transaction) =>
        connection.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp) VALUES (@sessionId, @eventType, @tool, @timestamp)",
            new { sessionId, eventType, tool, timestamp }, transaction);
}
