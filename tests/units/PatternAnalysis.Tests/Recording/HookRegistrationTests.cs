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

    private static bool IsSubsequence(string part, string whole)
    {
        var found = 0;
        foreach (var character in whole)
            found += found < part.Length && part[found] == character ? 1 : 0;
        return found == part.Length;
    }
}
