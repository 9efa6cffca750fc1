using System.Globalization;
using System.Text.Json.Nodes;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>Sessions with known routines: a release, a shorter form of it, one that removes data, and work that needs a model.</summary>
internal static class RoutineEvents
{
    /// <summary>The release: a script can run it.</summary>
    public const string Release = "Bash(npm ci)→Bash(npm run build)→Bash(npm test)→Bash(git tag <name>)";

    /// <summary>What the release also does: a part of it.</summary>
    public const string Part = "Bash(npm ci)→Bash(npm run build)";

    /// <summary>A routine that another one, <see cref="Destructive"/>, is part of.</summary>
    public const string Check = "Bash(npm run build)→Bash(npm test)";

    /// <summary>A part that removes data.</summary>
    public const string Destructive = "Bash(npm run build)→Bash(npm test)→Bash(rm -rf /srv/data)";

    /// <summary>Reading, editing, searching: nothing to automate.</summary>
    public const string Thinking = "Read(.cs)→Edit(.cs)→Grep";

    /// <summary>The time that all of them are in.</summary>
    public static TimeWindow Window { get; } = new(Day(0), Day(30));

    /// <summary>Adds them.</summary>
    /// <param name="events">Where to.</param>
    /// <param name="times">How often each is held; the shorter form half as often.</param>
    public static EventDatabase AddRoutines(this EventDatabase events, int times = 20)
    {
        for (var i = 0; i < times; i++)
        {
            events.AddCommands($"release-{i}", i, "npm ci", "npm run build", "npm test", $"git tag v{i}");
            events.AddCommands($"clean-{i}", i, "npm run build", "npm test", "rm -rf /srv/data", $"four{i} b");
            events.AddCommands($"own-{i}", i, $"one{i} a", $"two{i} b");
            if (i % 2 == 0)
                events.AddCommands($"short-{i}", i, "npm ci", "npm run build", $"three{i} b");
            events.Add($"fix-{i}", i, 0, "Read", new JsonObject { ["file_path"] = $"/p/a{i}.cs" });
            events.Add($"fix-{i}", i, 1, "Edit", new JsonObject { ["file_path"] = $"/p/a{i}.cs", ["new_string"] = $"b{i}" });
            events.Add($"fix-{i}", i, 2, "Grep", new JsonObject { ["pattern"] = $"x{i}" });
        }

        return events;
    }

    private static void AddCommands(this EventDatabase events, string session, int day, params string[] commands)
    {
        for (var i = 0; i < commands.Length; i++)
            events.Add(session, day, i, "Bash", new JsonObject { ["command"] = commands[i] });
    }

    private static void Add(this EventDatabase events, string session, int day, int second, string tool, JsonObject input) =>
        events.AddCall(
            session,
            "PreToolUse",
            tool,
            Day(day % 20).AddSeconds(second).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            new JsonObject { ["tool_input"] = input }.ToJsonString()
        );

    private static DateTimeOffset Day(int day) => new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddDays(day);
}
