using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatternAnalysis.Torture;

/// <summary>Makes folders of transcripts in which a routine recurs, so that an analysis finds something.</summary>
internal static class Transcripts
{
    private static readonly DateTime s_start = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);
    private static readonly string[] s_routine = ["git status", "npm test", "git add -A", "git commit -m done"];
    private static readonly string[] s_other = ["ls", "cat notes.txt", "git log", "npm run build", "git push --force", "rg todo"];

    /// <summary>The end of a window that all of them lie in.</summary>
    public const string Until = "2026-02-01";

    /// <summary>Writes one file a session.</summary>
    /// <returns>The folder.</returns>
    public static string Write(string folder, Random random, int sessions, int mostCalls)
    {
        Directory.CreateDirectory(folder);
        for (var session = 0; session < sessions; session++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}-1111-4222-8333-{session:D12}");
            File.WriteAllText(Path.Combine(folder, id + ".jsonl"), Text(id, s_start.AddHours(session % 400), random, mostCalls));
        }

        return folder;
    }

    /// <summary>The id of the call that a hook tells of.</summary>
    public static string CallId(int number) => string.Create(CultureInfo.InvariantCulture, $"toolu_{number:D24}");

    /// <summary>One event as a hook hands it over.</summary>
    public static string Hook(string session, int number) =>
        JsonSerializer.Serialize(
            new
            {
                session_id = session,
                hook_event_name = "PreToolUse",
                tool_name = "Bash",
                tool_use_id = CallId(number),
                tool_input = new { command = s_other[number % s_other.Length] },
            }
        );

    private static string Text(string session, DateTime time, Random random, int mostCalls)
    {
        var text = new StringBuilder();
        var calls = random.Next(1, mostCalls);
        for (var call = 0; call < calls; call++)
        {
            time = time.AddSeconds(random.Next(1, 40));
            if (call % 12 == 0)
                Add(text, session, time, "user", new { role = "user", content = "go on" });
            var step = call % (s_routine.Length + 3);
            var command = step < s_routine.Length ? s_routine[step] : s_other[random.Next(s_other.Length)];
            var id = string.Create(CultureInfo.InvariantCulture, $"toolu_{random.NextInt64():x16}{call:D8}");
            Add(text, session, time, "assistant", Call(id, command));
            Add(text, session, time.AddMilliseconds(300), "user", Result(id));
        }

        return text.ToString();
    }

    private static object Call(string id, string command) =>
        new
        {
            id = "msg_" + id,
            role = "assistant",
            model = "claude-sonnet-4-5",
            content = new[]
            {
                new
                {
                    type = "tool_use",
                    id,
                    name = "Bash",
                    input = new { command },
                },
            },
            usage = new { input_tokens = 5, output_tokens = 60 },
        };

    private static object Result(string id) =>
        new
        {
            role = "user",
            content = new[]
            {
                new
                {
                    type = "tool_result",
                    tool_use_id = id,
                    content = "done in src/app.ts",
                },
            },
        };

    private static void Add(StringBuilder text, string session, DateTime time, string type, object message) =>
        text.Append(
                JsonSerializer.Serialize(
                    new
                    {
                        type,
                        sessionId = session,
                        uuid = Guid.CreateVersion7(time),
                        timestamp = time,
                        message,
                    }
                )
            )
            .Append('\n');
}
