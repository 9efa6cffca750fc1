using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Storage;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>
/// A database whose every text is hostile: names of tools, sessions, applications and folders, commands and prompts, decisions and errors.
/// </summary>
public sealed class HostileDatabase : IDisposable
{
    private const int Sessions = 6;

    private readonly CommandLine _cli = new();

    public HostileDatabase()
    {
        Fill();
        var run = Run("analyze", "--hours", "1000000", "--all-patterns", "--notify", "--notification-log", Log);
        Assert.True(run.ExitCode == 0, run.Error);
        var store = PatternDatabase.Open(Database).Approvals;
        Approved = [.. store.Find(new ApprovalQuery { Status = ["pending"], First = 6 }).Select(pattern => pattern.PatternId)];
        foreach (var id in Approved)
            store.Decide(new ReviewDecision(id, PatternStatus.Approved, All, All));
        WriteAsOthersMay();
        File.WriteAllText(PathOf($"{All.Replace("/", "", StringComparison.Ordinal)[^60..]}.jsonl"), $"{{\"broken\": {All}\n{All}");
        File.WriteAllText(PathOf("CLAUDE.md"), All);
        Directory.CreateDirectory(PathOf(".claude/commands"));
        File.WriteAllText(PathOf($".claude/commands/{All.Replace("/", "", StringComparison.Ordinal)[^60..]}.md"), $"```\n{All}\n```");
        File.WriteAllText(PathOf("Makefile"), "all:\n\techo " + All.ReplaceLineEndings(" "));
    }

    /// <summary>Commands that print; each is given the database.</summary>
    public static string[][] Commands { get; } =
    [
        ["analyze", "--hours", "1000000", "--all-patterns"],
        ["analyze", "--hours", "1000000", "--dry-run", "--json"],
        ["automations", "."],
        ["automations", ".", "--json"],
        ["check"],
        ["cost"],
        .. new[] { "Session", "Prompt", "Activity", "Model", "Application" }.Select(by => new[] { "cost", "--group-by", by }),
        ["cost", "--group-by", "Session", "--json"],
        ["danger", "--pattern-id", "PATTERN"],
        ["demo"],
        ["effect", "--activity", "*", "--cut", "2026-03-03"],
        ["effect", "--pattern-id", "PATTERN", "--cut", "2026-03-03", "--json"],
        ["import", "."],
        ["import", ".", "--all", "--json"],
        ["optimize"],
        ["permissions", "--include-refused"],
        ["protect"],
        ["record"],
        ["review", "--list", "--first", "1000"],
        ["review", "--stats"],
        ["review", "--history"],
        ["review", "--approve", "PATTERN"],
        ["runs"],
        ["runs", "--json"],
        ["status"],
        ["status", "--json"],
    ];

    /// <summary>Approved patterns, of hostile steps.</summary>
    public IReadOnlyList<string> Approved { get; }

    /// <summary>The log that the reviewers were told in.</summary>
    public string Log => PathOf("notifications.log");

    private static string All => string.Join(' ', HostileTexts.All);

    private string Database => PathOf("events.db");

    public string PathOf(string name) => Path.Combine(_cli.Folder, name);

    /// <summary>Runs a command; <c>PATTERN</c> stands for an approved pattern.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] command)
    {
        string[] words = [.. command.Select(word => word == "PATTERN" ? Approved[0] : word)];
        return command[0] == "demo" || (command[0] == "danger" && !command.Contains("PATTERN")) ? _cli.Run(words)
            : command[0] == "record" ? _cli.RunWithInput(All, [.. words, "-d", Database])
            : _cli.Run([.. words, "-d", Database]);
    }

    public void Dispose() => _cli.Dispose();

    private void Fill()
    {
        Execute(
            "CREATE TABLE hook_events (id INTEGER PRIMARY KEY, event_id TEXT UNIQUE, source_app TEXT, session_id TEXT, "
                + "event_type TEXT, tool_name TEXT, timestamp TEXT, payload TEXT)"
        );
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        var time = new DateTime(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
        for (var number = 0; number < HostileTexts.All.Count; number++)
        {
            var text = HostileTexts.All[number];
            for (var session = 0; session < Sessions; session++)
            {
                var name = $"{text}/{number}/{session}";
                Add("UserPromptSubmit", null, new { prompt = text, prompt_id = $"{text}-{number}-{session}" });
                Add("PreToolUse", "Read", new { tool_input = new { file_path = $"src/{text}" }, cwd = $"/repo/{text}" });
                Add("PreToolUse", text, new { tool_input = new { pattern = text } });
                Add("PreToolUse", "Bash", new { tool_input = new { command = "git status" } });
                Add("PermissionRequest", "Bash", new { tool_input = new { command = $"echo {text}" } });
                Add("PreToolUse", "Bash", new { tool_input = new { command = $"echo {text}" }, cwd = $"/repo/{text}" });
                Add("PreToolUse", "Edit", new { tool_input = new { file_path = text } });

                void Add(string type, string? tool, object payload) =>
                    Execute(
                        "INSERT INTO hook_events (event_id, source_app, session_id, event_type, tool_name, timestamp, payload) "
                            + "VALUES (@id, @app, @session, @type, @tool, @time, @payload)",
                        connection,
                        ("@id", $"{text}-{time.Ticks}"),
                        ("@app", text),
                        ("@session", name),
                        ("@type", type),
                        ("@tool", tool),
                        ("@time", (time = time.AddSeconds(5)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                        ("@payload", JsonSerializer.Serialize(payload))
                    );
            }
        }

        transaction.Commit();
    }

    // What stands in our own tables may have been written by somebody else, too.
    private void WriteAsOthersMay()
    {
        Execute(
            "UPDATE pattern_approvals SET reviewed_by = @all, approval_notes = @all, pattern_context = pattern_context || @all",
            null,
            ("@all", All)
        );
        Execute(
            "INSERT INTO pattern_review_history (pattern_id, action, reviewer, notes) VALUES (@id, 'commented', @all, @all)",
            null,
            ("@id", Approved[0]),
            ("@all", All)
        );
        PatternDatabase.Open(Database).Approvals.SaveFailure(DateTimeOffset.UnixEpoch, TimeWindow.Always, All);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Execute(string sql, SqliteConnection? connection = null, params (string Name, string? Value)[] parameters)
    {
        using var own = connection is null ? Open() : null;
        using var command = (connection ?? own!).CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, (object?)value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }
}
