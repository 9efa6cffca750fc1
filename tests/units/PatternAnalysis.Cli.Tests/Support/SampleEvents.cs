using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>
/// Writes the bundled sample: sixty sessions of a small team, with routines planted in ordinary work. Deterministic, so that the file in
/// the repository can be checked against it.
/// </summary>
internal sealed class SampleEvents
{
    private static readonly (string Tool, string Field, string Value)[][] s_routines =
    [
        [Bash("git status"), Bash("git diff"), Bash("git add -A"), Bash("git commit -m \"{work}\"")],
        [Bash("dotnet test"), File("Read", "src/{name}.cs"), File("Edit", "src/{name}.cs"), Bash("dotnet test")],
        [("mcp__tracker__get_issue", "id", "{number}"), ("Grep", "pattern", "{name}"), File("Read", "src/{name}.cs")],
        [Bash("rm -rf build"), Bash("npm run build")],
        [("mcp__tracker__list_comments", "id", "{number}"), ("mcp__tracker__delete_comment", "id", "{number}")],
    ];

    private static readonly (string Tool, string Field, string Value)[] s_ordinary =
    [
        File("Read", "src/{name}.cs"),
        File("Read", "src/{name}.cs"),
        File("Read", "docs/{name}.md"),
        File("Edit", "src/{name}.cs"),
        File("Edit", "docs/{name}.md"),
        File("Write", "docs/{name}.md"),
        ("Grep", "pattern", "{name}"),
        ("Glob", "pattern", "**/*.cs"),
        Bash("ls -la"),
        Bash("cat src/{name}.cs | head -40"),
        Bash("npm run lint"),
        Bash("dotnet build"),
        ("TodoWrite", "todos", "{work}"),
        ("WebSearch", "query", "{name} {work}"),
    ];

    private static readonly string[] s_names = ["parser", "index", "report", "store", "queue", "mail", "schedule", "token"];
    private static readonly string[] s_works = ["fix the border", "name it well", "test the empty case", "speed it up", "say why"];

    private readonly Random _random = new(20260302);
    private int _event;

    public static string Write()
    {
        var sample = new SampleEvents();
        var lines = new StringBuilder();
        for (var session = 0; session < 60; session++)
            sample.WriteSession(session, lines);
        return lines.ToString();
    }

    private void WriteSession(int number, StringBuilder lines)
    {
        var time = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero).AddHours(number * 4).AddMinutes(_random.Next(180));
        for (var work = 3 + _random.Next(5); work > 0; work--)
        {
            for (var steps = 2 + _random.Next(6); steps > 0; steps--)
                time = WriteCall(number, s_ordinary[_random.Next(s_ordinary.Length)], time, lines);
            var routine = _random.Next(100) switch
            {
                < 40 => 0,
                < 70 => 1,
                < 82 => 2,
                < 90 => 3,
                < 94 => 4,
                _ => -1,
            };
            foreach (var step in routine < 0 ? [] : s_routines[routine])
                time = WriteCall(number, step, time, lines);
        }
    }

    private DateTimeOffset WriteCall(int session, (string Tool, string Field, string Value) step, DateTimeOffset time, StringBuilder lines)
    {
        var value = step
            .Value.Replace("{name}", s_names[_random.Next(s_names.Length)], StringComparison.Ordinal)
            .Replace("{work}", s_works[_random.Next(s_works.Length)], StringComparison.Ordinal)
            .Replace("{number}", _random.Next(100, 999).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        _event++;
        lines
            .Append(
                JsonSerializer.Serialize(
                    new
                    {
                        event_id = $"sample-{_event:D5}",
                        event_type = "PreToolUse",
                        source_app = session % 3 == 0 ? "api" : "web",
                        session_id = $"sample-session-{session:D2}",
                        timestamp = time.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
                        tool_name = step.Tool,
                        payload = new
                        {
                            tool_use_id = $"call-{_event:D5}",
                            tool_input = new Dictionary<string, string> { [step.Field] = value },
                        },
                    }
                )
            )
            .Append('\n');
        return time.AddMilliseconds(2000 + _random.Next(55_000));
    }

    private static (string Tool, string Field, string Value) Bash(string command) => ("Bash", "command", command);

    private static (string Tool, string Field, string Value) File(string tool, string path) => (tool, "file_path", path);
}
