using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PatternAnalysis.Recording;

namespace PatternAnalysis.Tests.Recording;

/// <summary>The recorder comes into the settings and out of them, and nothing else moves.</summary>
public class HookRegistrationTests
{
    private const string Command = "/opt/tools/pattern-analysis record --database /data/events.db";

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static TheoryData<string> Settings { get; } =
    [
        "{}\n",
        "{\n  \"model\": \"opus\"\n}\n",
        "{\r\n\t\"model\": \"opus\",\r\n\t\"permissions\": { \"allow\": [\"Bash(git status)\"]  ,  \"deny\": [] }\r\n}",
        "{\"model\":\"opus\",\"env\":{\"A\":\"ü → {}[],:\\\"\"}}",
        """
            {
                "hooks": {
                    "PreToolUse": [
                        { "matcher": "Bash", "hooks": [ { "type": "command", "command": "echo record" } ] }
                    ],
                    "Notification": [ { "hooks": [ { "type": "command", "command": "notify-send hello" } ] } ]
                },
                "unknown": [1, 2.50, 1e3]
            }
            """,
    ];

    [Theory]
    [MemberData(nameof(Settings))]
    public void Registering_adds_a_hook_for_every_event_and_changes_no_other_character(string settings)
    {
        var registered = HookRegistration.Register(settings, Command);

        using var json = JsonDocument.Parse(registered);
        foreach (var type in HookRegistration.EventTypes)
        {
            var commands = json
                .RootElement.GetProperty("hooks")
                .GetProperty(type)
                .EnumerateArray()
                .SelectMany(group => group.GetProperty("hooks").EnumerateArray())
                .Select(hook => hook.GetProperty("command").GetString());
            Assert.Single(commands, command => command == Command);
        }

        Assert.True(IsSubsequence(settings, registered), registered);
        Assert.Equal(settings, HookRegistration.Unregister(registered));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Registering_twice_is_registering_once(string settings)
    {
        var once = HookRegistration.Register(settings, Command);

        Assert.Equal(once, HookRegistration.Register(once, Command));
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public void Registering_for_another_database_replaces(string settings)
    {
        var other = Command.Replace("/data/", "/other/", StringComparison.Ordinal);

        Assert.Equal(
            HookRegistration.Register(settings, other),
            HookRegistration.Register(HookRegistration.Register(settings, Command), other)
        );
    }

    [Fact]
    public void Any_settings_come_back_as_they_were() =>
        Gen.Select(Gen.String[Gen.Char["abü{\"\\ \n"], 1, 5], Gen.Int[0, 3], Gen.Bool)
            .Array[0, 5]
            .Sample(fields =>
            {
                var node = new JsonObject();
                foreach (var (name, kind, _) in fields)
                    node[name] = kind switch
                    {
                        0 => new JsonArray(),
                        1 => new JsonObject { ["x"] = 1 },
                        2 => name,
                        _ => null,
                    };
                var settings = node.ToJsonString(fields.Length > 0 && fields[0].Item3 ? s_indented : null);

                Assert.Equal(settings, HookRegistration.Unregister(HookRegistration.Register(settings, Command)));
            });

    [Fact]
    public void A_hook_that_somebody_put_into_the_recorders_group_stays()
    {
        var settings =
            "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\""
            + Command
            + "\"},{\"type\":\"command\",\"command\":\"mine\"}]}]}}";

        Assert.Equal(
            "{\"hooks\":{\"Stop\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"mine\"}]}]}}",
            HookRegistration.Unregister(settings)
        );
    }

    [Theory]
    [InlineData("{ // mine\n \"model\": \"opus\" }", "SettingsNotPlain")]
    [InlineData("{ \"model\": \"opus\", }", "SettingsNotPlain")]
    [InlineData("{ \"model\": ", "SettingsUnreadable")]
    [InlineData("[]", "SettingsUnreadable")]
    [InlineData("{ \"hooks\": [] }", "SettingsUnreadable")]
    [InlineData("{ \"hooks\": { \"PreToolUse\": {} } }", "SettingsUnreadable")]
    public void What_could_be_damaged_is_refused_with_advice(string settings, string errorId)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => HookRegistration.Register(settings, Command));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains("Nothing was changed", error.Message);
    }

    [Theory]
    [InlineData("{ // mine\n \"model\": \"opus\" }", "comments or trailing commas, which an edit could move to the wrong place.")]
    [InlineData("{ \"model\": ", "The settings are no JSON: ")]
    [InlineData("[]", "The settings' hooks are in a form that is not known. Nothing was changed; add the hook by hand.")]
    public void What_is_wrong_with_settings_is_said(string settings, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<PatternAnalysisException>(() => HookRegistration.Unregister(settings)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Each_hook_is_a_command_that_is_given_up_after_ten_seconds_and_those_of_tools_match_all_of_them()
    {
        using var json = JsonDocument.Parse(HookRegistration.Register("", Command));
        var groups = json.RootElement.GetProperty("hooks").EnumerateObject().ToDictionary(type => type.Name, type => type.Value[0]);

        Assert.Equal(
            ["PermissionDenied", "PostToolUse", "PostToolUseFailure", "PreToolUse", "Stop", "SubagentStop", "UserPromptSubmit"],
            groups.Keys.Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["PermissionDenied", "PostToolUse", "PostToolUseFailure", "PreToolUse"],
            groups
                .Where(group => group.Value.TryGetProperty("matcher", out var all) && all.GetString() == "*")
                .Select(group => group.Key)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            groups.Values,
            group =>
                Assert.Equal(
                    $$"""{ "type": "command", "command": "{{Command}}", "timeout": 10 }""",
                    group.GetProperty("hooks")[0].GetRawText()
                )
        );
    }

    [Fact]
    public void What_is_added_looks_like_what_is_there()
    {
        var line = $$"""{ "hooks": [{ "type": "command", "command": "{{Command}}", "timeout": 10 }] }""";

        var registered = HookRegistration.Register("{\r\n\t\"model\": \"opus\"\r\n}\r\n", Command);

        Assert.StartsWith(
            "{\r\n\t\"model\": \"opus\",\r\n\t\"hooks\": {\r\n\t\t\"PreToolUse\": [\r\n\t\t\t{",
            registered,
            StringComparison.Ordinal
        );
        Assert.EndsWith($"\r\n\t\t\"SubagentStop\": [\r\n\t\t\t{line}\r\n\t\t]\r\n\t}}\r\n}}\r\n", registered, StringComparison.Ordinal);
        Assert.StartsWith(
            "{\n  \"hooks\": {\n    \"PreToolUse\": [\n      {",
            HookRegistration.Register("", Command),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/opt/pattern-analysis record --database x", true)]
    [InlineData("'/my tools/pattern-analysis' record", true)]
    [InlineData("\"C:/tools/pattern-analysis.exe\" record", true)]
    [InlineData("dotnet pattern-analysis.dll  record", true)]
    [InlineData("exit 0 # pattern-analysis record", true)]
    [InlineData("pattern-analysis analyze", false)]
    [InlineData("pattern-analysis recorder", false)]
    [InlineData("my-pattern-analysis-record", false)]
    [InlineData("echo record", false)]
    public void The_recorder_is_known_by_its_command_line(string command, bool isRecorder)
    {
        var settings = new JsonObject
        {
            ["hooks"] = new JsonObject
            {
                ["Stop"] = new JsonArray(new JsonObject { ["hooks"] = new JsonArray(new JsonObject { ["command"] = command }) }),
            },
        }.ToJsonString();

        Assert.Equal(isRecorder, HookRegistration.IsRegistered(settings));
        Assert.Equal(isRecorder ? "{}" : settings, HookRegistration.Unregister(settings));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{}")]
    [InlineData("{\"hooks\":{\"Stop\":[{}]}}")]
    [InlineData("{\"hooks\":{\"Stop\":[{\"hooks\":[{}]}]}}")]
    public void Settings_without_the_recorder_stay_as_they_are(string settings)
    {
        Assert.False(HookRegistration.IsRegistered(settings));
        Assert.Equal(settings, HookRegistration.Unregister(settings));
    }

    [Fact]
    public void Of_two_fields_of_a_name_the_last_counts_as_for_the_agent()
    {
        var settings = """{"hooks":{"Stop":[{"hooks":[{"command":"pattern-analysis record"}]}]},"hooks":{}}""";

        Assert.False(HookRegistration.IsRegistered(settings));
    }

    [Fact]
    public void A_hook_between_others_goes_with_its_comma()
    {
        const string Before =
            """{"hooks":{"Stop":[{"hooks":[{"command":"a"}, {"command":"pattern-analysis record"}, {"command":"b"}]}]}}""";
        const string Last = """{"hooks":{"Stop":[{"hooks":[{"command":"a"}, {"command":"pattern-analysis record"}]}], "Other":[]}}""";

        Assert.Equal("""{"hooks":{"Stop":[{"hooks":[{"command":"a"}, {"command":"b"}]}]}}""", HookRegistration.Unregister(Before));
        Assert.Equal("""{"hooks":{"Stop":[{"hooks":[{"command":"a"}]}], "Other":[]}}""", HookRegistration.Unregister(Last));
    }

    private static bool IsSubsequence(string part, string whole)
    {
        var found = 0;
        foreach (var character in whole)
            found += found < part.Length && part[found] == character ? 1 : 0;
        return found == part.Length;
    }
}
