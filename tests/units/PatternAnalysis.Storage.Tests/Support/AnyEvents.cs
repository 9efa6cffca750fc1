using System.Globalization;
using System.Text.Json;
using Dapper;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>An event of any kind: what agents write, what they write by mistake, and what somebody writes to do harm.</summary>
internal sealed record AnyEvent(string? SessionId, string Type, string? Tool, string? Timestamp, string? Payload, string? Application);

/// <summary>Random events out of all that an event may be.</summary>
internal static class AnyEvents
{
    /// <summary>A table that takes all of it, on either store.</summary>
    public const string SqliteSchema = """
        CREATE TABLE hook_events (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT,
            payload TEXT, source_app TEXT);
        CREATE INDEX idx_hook_events_timestamp ON hook_events (timestamp);
        """;

    public const string PostgresSchema = """
        CREATE TABLE hook_events (id BIGSERIAL PRIMARY KEY, session_id TEXT, event_type TEXT, tool_name TEXT, timestamp TEXT,
            payload TEXT, source_app TEXT);
        CREATE INDEX idx_hook_events_timestamp ON hook_events (timestamp);
        """;

    private static readonly string[] s_types =
    [
        "PreToolUse",
        "PreToolUse",
        "PreToolUse",
        "PreToolUse",
        "tool_use",
        "PostToolUse",
        "PostToolUse",
        "PostToolUseFailure",
        "tool_result",
        "PermissionRequest",
        "PermissionDenied",
        "ToolUseCancelled",
        "Notification",
        "UserPromptSubmit",
        "Stop",
        "SubagentStop",
        "SessionStart",
        "",
    ];

    private static readonly string[] s_sessions =
    [
        "one",
        "two",
        "three",
        "four",
        "five/six",
        "seven#8",
        "unknown",
        "",
        "with ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
    ];

    private static readonly string[] s_commands =
    [
        "npm test",
        "npm test && git push",
        "git add src/a.cs && git commit -m 'first words'",
        "git commit -m \"second words\"",
        "git diff",
        "ls -la",
        "cat notes.md | head -5",
        "rm -rf build",
        "sleep 5",
        "mysql -pgeheim7788 shop",
        "curl -H 'Authorization: Bearer ghp_0123456789abcdefghijklmnopqrstuvwxyzAB' https://ada:secret99@example.org/a",
        "deploy --token=ghp_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ab now",
        "bd ready",
        "bd show 17",
        "python - <<'E'\nprint(1)\nE",
        "echo \"unfinished",
        "a→b (without: c) \\u0000",
        "echo \u202E\u0001\uFFFE",
        "",
    ];

    private static readonly string[] s_tools =
    [
        "Bash",
        "Bash",
        "Bash",
        "Read",
        "Read",
        "Edit",
        "TodoWrite",
        "Skill",
        "Task",
        "mcp__files__delete_file",
        "mcp__issues__get_issue",
        "apply_patch",
        "読む",
        "a→b",
        "tool ghp_0123456789abcdefghijklmnopqrstuvwxyzAB",
        "",
    ];

    private static readonly string[] s_times =
    [
        "soon",
        "",
        "1772445600",
        "1772445600123",
        "2026-03-02T10:00:00.1234567Z",
        "2026-03-02 10:00:01+05:30",
        "20th of May",
        "0001-01-01",
        "9999-12-31 23:59:59.9999999",
    ];

    private static readonly string[] s_payloads =
    [
        "",
        "{",
        "[]",
        "null",
        "\"text\"",
        """{"tool_use_id":"c1","tool_input":{"command":"npm te""",
        """{"tool\u005fuse_id":"c1","tool_input":{"command":"npm test"}}""",
        """{"tool_use_id":"c2","tool_input":{"command":"\ud800"}}""",
        """{"tool_use_id":"c3","tool_input":{"command":"rm -rf build\u0000x"},"message_id":"m1"}""",
        """{"tool_use_id":"c4","tool_input":{"command":"npm test"}} trailing""",
        """{"tool_use_id":7,"agent_id":{"a":1},"prompt_id":null,"tool_input":"{\"command\":\"npm test\"}"}""",
    ];

    /// <summary>Some events, in no order of their times, with ids of calls that are used again and again.</summary>
    public static AnyEvent[] Generate(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Next(random))];

    /// <summary>The same in a night in which Berlin's clock shows an hour twice, most of them in that hour.</summary>
    public static AnyEvent[] InLongNight(this IEnumerable<AnyEvent> events, Random random) =>
        [
            .. events.Select(any =>
                any with
                {
                    Timestamp = new DateTime(2026, 10, 25)
                        .AddHours(random.Next(3) == 0 ? random.Next(6) : 2)
                        .AddSeconds(random.Next(3600))
                        .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                }
            ),
        ];

    /// <summary>Adds events, in their order.</summary>
    public static void AddTo(this IEnumerable<AnyEvent> events, EventDatabase database)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "INSERT INTO hook_events (session_id, event_type, tool_name, timestamp, payload, source_app) "
                + "VALUES (@SessionId, @Type, @Tool, @Timestamp, @Payload, @Application)",
            events,
            transaction
        );
        transaction.Commit();
    }

    private static AnyEvent Next(Random random)
    {
        var isOdd = random.Next(15) == 0;
        var time = new DateTime(2026, 3, 2).AddSeconds(random.Next(40_000));
        return new(
            random.Next(40) == 0 ? null : Any(random, s_sessions),
            Any(random, s_types),
            random.Next(40) == 0 ? null : Any(random, s_tools),
            isOdd ? Any(random, s_times)
                : random.Next(60) == 0 ? null
                : time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
            isOdd ? Any(random, s_payloads[..5])
                : random.Next(12) == 0 ? Any(random, s_payloads)
                : random.Next(60) == 0 ? null
                : Payload(random),
            random.Next(20) == 0 ? null : Any(random, ["app", "app", "other", "読"])
        );
    }

    private static string Payload(Random random)
    {
        var fields = new Dictionary<string, object?>();
        Maybe("session_id", 2, () => "whatever");
        Maybe("tool_use_id", 6, () => $"call-{random.Next(60)}");
        Maybe("agent_id", 2, () => Any(random, ["a1", "a2", "", "ghp_0123456789abcdefghijklmnopqrstuvwxyzAB", "x\"y\u202E"]));
        Maybe("prompt_id", 4, () => Any(random, ["p1", "p2", "p3", "", "p ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"]));
        Maybe("message_id", 5, () => $"message-{random.Next(80)}");
        Maybe("duration_ms", 3, () => Any<object?>(random, [0, 12.7, 90_000, -1, 1e300, "12"]));
        Maybe(
            "error",
            3,
            () => Any(random, ["Exit code 1\nfile /home/ada/x not found", "token=geheim7788 refused", "\u001b[31mred\u001b[0m \0", "", "7"])
        );
        Maybe("cwd", 3, () => Any(random, ["/home/ada/repo", "/home/ada/repo/src"]));
        Maybe("extra", 1, () => new { nested = new[] { 1, 2 } });
        Maybe(
            "tool_input",
            8,
            () =>
                Any<object?>(
                    random,
                    [
                        new { command = Any(random, s_commands) },
                        new { command = Any(random, s_commands) },
                        new { command = Any(random, s_commands) },
                        new { command = new[] { "bash", "-lc", Any(random, s_commands) } },
                        new { file_path = Any(random, ["/home/ada/repo/src/a.cs", "README.md", "/home/ada/repo/notes.md", ".env"]) },
                        new { skill = Any(random, ["review", "release"]) },
                        new { subagent_type = "explorer", prompt = "look" },
                        new { patch = "*** Begin Patch\n*** Update File: a.cs\n*** End Patch" },
                        null,
                        "text",
                    ]
                )
        );
        return JsonSerializer.Serialize(fields);

        void Maybe(string name, int ofTen, Func<object?> value)
        {
            if (random.Next(10) < ofTen)
                fields[name] = value();
        }
    }

    private static T Any<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
