using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What becomes a row, what is left out, and what never reaches a database.</summary>
public class RecordBuilderTests
{
    private const string Token = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

    private static readonly DateTime s_now = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private static readonly string s_longest = new('x', 255);

    [Theory]
    [InlineData("", "PreToolUse", "Bash", "no_session")]
    [InlineData("s", "", "Bash", "not_an_event")]
    [InlineData("s", "PreToolUse", null, "no_tool")]
    [InlineData("s", "UserPromptSubmit", null, null)]
    public void What_an_event_must_have(string session, string type, string? tool, string? problem) =>
        Assert.Equal(problem, Problem(Call(session, type, tool)));

    [Fact]
    public void A_name_has_255_characters_at_most()
    {
        Assert.Null(Problem(Call(s_longest, s_longest, s_longest) with { SourceApp = s_longest }));
        Assert.Equal("name_too_long", Problem(Call(s_longest + "x")));
        Assert.Equal("name_too_long", Problem(Call(type: s_longest + "x")));
        Assert.Equal("name_too_long", Problem(Call(tool: s_longest + "x")));
        Assert.Equal("name_too_long", Problem(Call() with { SourceApp = s_longest + "x" }));
    }

    [Fact]
    public void A_time_lies_after_1999_and_a_day_ahead_at_most()
    {
        var (first, last) = (new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc), s_now.AddDays(1));

        Assert.Null(Problem(Call() with { UtcTicks = first.Ticks }));
        Assert.Null(Problem(Call() with { UtcTicks = last.Ticks }));
        Assert.Equal("timestamp_out_of_range", Problem(Call() with { UtcTicks = first.Ticks - 1 }));
        Assert.Equal("timestamp_out_of_range", Problem(Call() with { UtcTicks = last.Ticks + 1 }));
        Assert.Equal(s_now.AddHours(-1), Row(Call()).Timestamp);
    }

    [Theory]
    [InlineData("", "m", false)]
    [InlineData("s", "", false)]
    [InlineData("s", "m", true)]
    public void What_a_message_used_and_what_a_call_answered_need_a_session_and_an_id(string session, string id, bool isStored)
    {
        var builder = Builder();

        Assert.Equal(isStored, builder.Dated(new CallResult(session, id, s_now, [])) is not null);
        Assert.Null(builder.Dated(new CallResult(s_longest + "x", "m", s_now, [])));
        Assert.Null(builder.Dated(new CallResult("s", s_longest + "x", s_now, [])));
        Assert.Null(builder.Dated(new CallResult("s", "m", s_now.AddDays(2), [])));
        Assert.Equal(s_now.AddHours(-1), builder.Dated(new CallResult("s", "m", default, []))!.Timestamp);
        Assert.Equal("a\uFFFD", builder.Dated(new CallResult("a\0", "b\0", s_now, []))!.SessionId);
        Assert.Equal("b\uFFFD", builder.Dated(new CallResult("a\0", "b\0", s_now, []))!.ToolUseId);
    }

    [Fact]
    public void No_name_and_no_payload_holds_a_NUL()
    {
        var row = Row(Call("s\0", "PreToolUse", "Ba\0sh", """{"command":"echo \u0000"}""") with { SourceApp = "a\0" });

        Assert.Equal(("s\uFFFD", "Ba\uFFFDsh", "a\uFFFD"), (row.SessionId, row.ToolName, row.SourceApp));
        Assert.DoesNotContain("\\u0000", row.Payload, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', row.Payload);
    }

    [Theory]
    [InlineData(PayloadMode.None, false, false)]
    [InlineData(PayloadMode.Command, true, false)]
    [InlineData(PayloadMode.Full, true, true)]
    public void The_mode_says_how_much_of_an_input_is_stored_and_secrets_are_masked_wherever_they_stand(
        PayloadMode mode,
        bool hasCommand,
        bool hasRest
    )
    {
        var payload = Row(
            Call(
                input: $$$"""
                {"command":"curl -H 'Authorization: Bearer {{{Token}}}' x","description":"asks {{{Token}}}","password":"not a form",
                 "api_key":["one"],"nested":{"secret":{"a":"b"},"list":["{{{Token}}}"]}}
                """
            ) with
            {
                WorkingDirectory = $"/srv/{Token}",
                Text = $"failed with {Token}",
                EventType = HookEventType.PostToolUseFailure,
            },
            mode
        ).Payload;

        Assert.DoesNotContain(Token, payload, StringComparison.Ordinal);
        Assert.Equal(hasCommand, payload.Contains("curl", StringComparison.Ordinal));
        Assert.Equal(hasRest, payload.Contains("asks ", StringComparison.Ordinal));
        Assert.Equal(hasRest, payload.Contains("failed with ", StringComparison.Ordinal));
        Assert.Equal(hasCommand, payload.Contains("/srv/", StringComparison.Ordinal));
        Assert.DoesNotContain("not a form", payload, StringComparison.Ordinal);
        if (!hasRest)
            return;

        using var json = JsonDocument.Parse(payload);
        var input = json.RootElement.GetProperty("tool_input");
        Assert.Equal("***", input.GetProperty("password").GetString());
        Assert.Equal("***", input.GetProperty("api_key").GetString());
        Assert.Equal("***", input.GetProperty("nested").GetProperty("secret").GetString());
    }

    [Fact]
    public void An_error_is_cut_and_of_a_patch_the_command_keeps_only_the_names_of_its_files()
    {
        var error = Row(Call() with { Text = new string('e', 2000), EventType = HookEventType.PostToolUseFailure }, PayloadMode.Full);
        var patch = Row(Call(input: """{"command":"*** Begin Patch\n*** Update File: a.cs\n-old line\n+new line\n*** End Patch"}"""));

        Assert.DoesNotContain(new string('e', 501), error.Payload, StringComparison.Ordinal);
        Assert.Contains("a.cs", patch.Payload, StringComparison.Ordinal);
        Assert.DoesNotContain("new line", patch.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public void Unmasked_is_unmasked() =>
        Assert.Contains(
            Token,
            Row(Call(input: $$"""{"command":"echo {{Token}}"}"""), PayloadMode.Unmasked).Payload,
            StringComparison.Ordinal
        );

    [Fact]
    public void Two_events_that_say_the_same_without_an_id_are_two_and_a_copy_of_the_file_has_the_same_ids()
    {
        var (first, second) = (Builder(), Builder());

        string[] ids = [Id(first), Id(first), Id(first)];

        Assert.Equal(3, ids.Distinct().Count());
        Assert.True(ids.SequenceEqual([Id(second), Id(second), Id(second)]));

        static string Id(RecordBuilder builder)
        {
            Assert.Null(builder.TryBuild(Call(), out var row));
            return row!.EventId;
        }
    }

    [Fact]
    public void A_call_is_known_by_its_own_id_and_its_event_and_an_invented_id_says_nothing()
    {
        var call = Call() with { ToolUseId = "toolu_01A2b3C4d5E6f7G8h9J0kLmN" };

        Assert.Equal("toolu_01A2b3C4d5E6f7G8h9J0kLmN:PreToolUse", Row(call).EventId);
        Assert.DoesNotContain("toolu_", Row(call with { HasInventedId = true }).EventId, StringComparison.Ordinal);
        Assert.Equal(Row(Call()).EventId, Row(call with { HasInventedId = true, ToolUseId = null }).EventId);
    }

    [Theory]
    [InlineData("This session is being continued from a previous conversation that ran out of context.", true)]
    [InlineData("[Request interrupted by user for tool use]", true)]
    [InlineData("Caveat: The messages below were generated by the user", true)]
    [InlineData("<system-reminder>be brief</system-reminder>", true)]
    [InlineData("<system-reminder>be brief</system-reminder>\nand now mine", false)]
    [InlineData("<command-name>/review</command-name>", false)]
    [InlineData("<b>bold</b>", false)]
    [InlineData("  <task-notification>done</task-notification>\n<system-reminder a='b'>x</system-reminder> ", true)]
    [InlineData("<skill>x</skill>", true)]
    [InlineData("<INSTRUCTIONS>x</INSTRUCTIONS>", true)]
    [InlineData("<collapsed>x</collapsed>", true)]
    [InlineData("<skills>x</skills>", false)]
    [InlineData("<system-reminder>never ends", false)]
    [InlineData("<system-reminder", false)]
    [InlineData("<-reminder>x</-reminder>", false)]
    [InlineData("<system->x</system->", false)]
    [InlineData("<a_b>x</a_b>", true)]
    [InlineData("<Data-Grid>x</Data-Grid>", false)]
    [InlineData("<x-1>x</x-1>", false)]
    [InlineData("<bash-input>ls</bash-input>", false)]
    [InlineData("<user-memory-input>x</user-memory-input>", false)]
    [InlineData("<user_shell_command>x</user_shell_command>", false)]
    [InlineData("<user_query>x</user_query>", false)]
    [InlineData("<user_message>x</user_message>", false)]
    [InlineData("<user_request>x</user_request>", false)]
    [InlineData("<bash-stdout>x", true)]
    [InlineData("<bash-stderr>x", true)]
    [InlineData("<local-command-stdout>x", true)]
    [InlineData("Stop hook feedback: x", true)]
    [InlineData("[SYSTEM NOTIFICATION] x", true)]
    [InlineData("# AGENTS.md instructions for /r", true)]
    [InlineData("This is the Gemini CLI. We are setting up the context for", true)]
    [InlineData("Another language model started to solve this problem and", true)]
    [InlineData("You are performing a CONTEXT CHECKPOINT COMPACTION.", true)]
    [InlineData("[ERROR] You did not use a tool in your previous response!", true)]
    [InlineData("continue this session", false)]
    [InlineData("", false)]
    public void What_a_program_wrote_is_no_prompt(string text, bool isOfProgram) =>
        Assert.Equal(isOfProgram, TypedPrompt.IsOfProgram(text));

    [Theory]
    [InlineData(null, "PostToolUseFailure")]
    [InlineData("", "PostToolUseFailure")]
    [InlineData("Exit code 1", "PostToolUseFailure")]
    [InlineData("The user doesn't want to proceed", "PermissionDenied")]
    [InlineData("  <tool_use_error> Error: the user doesn't want to", "PermissionDenied")]
    [InlineData("Error: Error: The user doesn't want to", "PostToolUseFailure")]
    [InlineData("it said: The user doesn't want to", "PostToolUseFailure")]
    [InlineData("[Request interrupted by user for tool use]", "PermissionDenied")]
    [InlineData("Permission to use Bash has been denied", "PermissionDenied")]
    [InlineData("Permission for this action", "PermissionDenied")]
    [InlineData("Permission for this tool use", "PermissionDenied")]
    [InlineData("Permission denied by rule", "PermissionDenied")]
    [InlineData("Permission denied for x", "PermissionDenied")]
    [InlineData("Permission denied (publickey)", "PostToolUseFailure")]
    [InlineData("Claude requested permissions to write", "PermissionDenied")]
    [InlineData("This command requires approval", "PermissionDenied")]
    [InlineData("This Bash command contains multiple operations. The following part needs", "PermissionDenied")]
    [InlineData("Tool permission denied", "PermissionDenied")]
    [InlineData("Tool use rejected", "PermissionDenied")]
    [InlineData("User rejected tool use", "PermissionDenied")]
    [InlineData("Blocked by hook", "PermissionDenied")]
    [InlineData("Blocked by policy", "PermissionDenied")]
    [InlineData("Blocked by PreToolUse", "PermissionDenied")]
    [InlineData("Operation stopped by hook", "PermissionDenied")]
    [InlineData("Operation blocked by hook", "PermissionDenied")]
    [InlineData("Hook PreToolUse: no", "PermissionDenied")]
    [InlineData("Execution stopped by PreToolUse hook", "PermissionDenied")]
    [InlineData("PermissionRequest: no", "PermissionDenied")]
    [InlineData("Hook PermissionRequest: no", "PermissionDenied")]
    [InlineData("InputValidationError: x", "PermissionDenied")]
    [InlineData("No such tool available: x", "PermissionDenied")]
    [InlineData("read x, but you haven't granted it yet", "PermissionDenied")]
    [InlineData("x is denied by your permission settings", "PermissionDenied")]
    [InlineData("x: denied by permission rule y", "PermissionDenied")]
    [InlineData("x: operation blocked by hook y", "PermissionDenied")]
    [InlineData("x was blocked. For security, Claude Code", "PermissionDenied")]
    [InlineData("make: x\nx was blocked. For security, Claude Code", "PostToolUseFailure")]
    [InlineData("Cancelled: x", "ToolUseCancelled")]
    [InlineData("Cancelled by x", "ToolUseCancelled")]
    [InlineData("[Operation Cancelled] x", "ToolUseCancelled")]
    [InlineData("Sibling tool call errored", "ToolUseCancelled")]
    [InlineData("Streaming fallback", "ToolUseCancelled")]
    [InlineData("Operation aborted", "ToolUseCancelled")]
    [InlineData("Command aborted", "ToolUseCancelled")]
    [InlineData("Skipped due to queued user message", "ToolUseCancelled")]
    [InlineData("[Operation Cancelled] User did not allow tool call", "PermissionDenied")]
    [InlineData("Cancelled: User denied", "PermissionDenied")]
    [InlineData("Cancelled: User rejected", "PermissionDenied")]
    [InlineData("Cancelled: x\nUser rejected", "ToolUseCancelled")]
    public void What_an_error_says_tells_whether_a_call_was_made_at_all(string? text, string type) =>
        Assert.Equal(type, ToolOutcome.OfError(text));

    private static ImportedEvent Call(
        string session = "s",
        string type = HookEventType.PreToolUse,
        string? tool = "Bash",
        string input = """{"command":"git status"}"""
    ) =>
        new()
        {
            SessionId = session,
            EventType = type,
            ToolName = tool,
            ToolInput = JsonFields.ParseObject(input),
        };

    private static RecordBuilder Builder(PayloadMode mode = PayloadMode.Command) => new(mode, s_now.AddHours(-1), s_now);

    private static string? Problem(ImportedEvent hookEvent) => Builder().TryBuild(hookEvent, out _);

    private static NewHookEvent Row(ImportedEvent hookEvent, PayloadMode mode = PayloadMode.Command)
    {
        Assert.Null(Builder(mode).TryBuild(hookEvent, out var row));
        return row!;
    }
}
