using System.Text;
using System.Text.Json;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Masking;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>What is derived of an event can be stored: it holds no secret, and nothing that a database would not give back.</summary>
public sealed class StepDeriverTests
{
    private const string Emoji = "\U0001F600";

    [Theory]
    [MemberData(nameof(SecretFormTests.Forms), MemberType = typeof(SecretFormTests))]
    public void No_known_form_of_a_secret_is_left_in_what_is_kept_of_a_command(string text, string secret, string neighbour)
    {
        Assert.NotEqual(text, neighbour);
        foreach (var tool in (string[])["Bash", "PowerShell"])
        {
            string[] commands = [text, $"cd /srv/work && {text}", $"{text} && rm -rf build"];
            foreach (var command in commands.Where(one => !SecretMasker.Mask(one).Contains(secret, StringComparison.Ordinal)))
                Assert.All(
                    Texts(Derive("one", tool, new { command })),
                    kept => Assert.DoesNotContain(secret, kept, StringComparison.Ordinal)
                );
        }
    }

    [Fact]
    public void Every_text_can_be_stored_whatever_an_event_holds()
    {
        var words = string.Concat(Enumerable.Repeat($"{Emoji}{Emoji}{Emoji}{Emoji}x", 40));
        var derived = Derive(
            "on\0e",
            "Bash",
            new { command = $"rm -rf build\0x {words}" },
            "PostToolUseFailure",
            $"cannot {words[..90]}",
            "ap\0p"
        );

        Assert.Equal(DangerLevel.Destructive, derived.Verdict!.Value.Verdict.Level);
        Assert.StartsWith("cannot", derived.Error, StringComparison.Ordinal);
        Assert.All(
            Texts(derived),
            kept =>
            {
                Assert.DoesNotContain('\0', kept);
                Assert.Equal(kept, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(kept)));
            }
        );
        for (var length = 60; length < 90; length++)
        {
            var error = new string('x', length) + Emoji;
            var lead = Derive("one", "Bash", new { command = "make" }, "PostToolUseFailure", error).Error!;
            Assert.Equal(lead, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(lead)));
            Assert.DoesNotContain('\uFFFD', lead);
        }
    }

    [Fact]
    public void What_a_call_says_of_an_error_is_kept_where_it_failed_only()
    {
        Assert.Equal("refused", Derive("one", "Bash", new { command = "make" }, "PostToolUseFailure", "refused").Error);
        Assert.Null(Derive("one", "Bash", new { command = "make" }, "PostToolUse", "refused").Error);
        Assert.Null(Derive("one", "Bash", new { command = "make" }, "PostToolUseFailure").Error);
    }

    private static DerivedEvent Derive(
        string session,
        string tool,
        object input,
        string type = "PreToolUse",
        string? error = null,
        string application = ""
    ) =>
        new StepDeriver(new StepRules(DangerRuleSet.BuiltIn)).Derive(
            new HookEventRow
            {
                InsertionId = 1,
                UtcTicks = 1,
                SessionId = Encoding.UTF8.GetBytes(session),
                EventType = Encoding.UTF8.GetBytes(type),
                ToolName = Encoding.UTF8.GetBytes(tool),
                SourceApp = Encoding.UTF8.GetBytes(application),
                Payload = JsonSerializer.SerializeToUtf8Bytes(
                    new
                    {
                        tool_use_id = "c1",
                        tool_input = input,
                        error,
                    }
                ),
            }
        )!;

    private static string[] Texts(DerivedEvent derived) =>
        [
            derived.Source.Session,
            derived.Source.Application,
            derived.Facts!.Tool,
            derived.Facts.Operation,
            derived.Facts.Name,
            derived.Facts.Exact ?? "",
            derived.Facts.Template?.Text ?? "",
            .. (derived.Facts.Template?.Parts ?? []).SelectMany(part =>
                part.Options.Append(part.Program).Append(part.Lead ?? "").Append(part.Joint)
            ),
            .. derived.Facts.Arguments,
            derived.Verdict!.Value.Verdict.Segment ?? "",
            derived.Verdict.Value.Command ?? "",
            derived.Error ?? "",
        ];
}
