using System.Text;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>Broken and hostile input costs itself and nothing else, and each loss is counted with its reason and place.</summary>
public class HostileInputTests
{
    private const string Good =
        """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Read","timestamp":"2026-03-02T10:00:00Z","""
        + """ "tool_use_id":"toolu_good_""";

    public static TheoryData<string, string> BrokenLines { get; } =
        new()
        {
            { "{\"session_id\":\"s\",\"hook_event_name\":\"PreToolUse\",\"tool_na", SkipReason.Malformed },
            { "{\"session_id\":\"s\",\"tool_input\":{\"a\":1", SkipReason.Malformed },
            { "{\"session_id\":\"s\",", SkipReason.Malformed },
            { "{\"session_id\":\"s\"]}", SkipReason.Malformed },
            { "{'session_id':'s'}", SkipReason.Malformed },
            { "Traceback (most recent call last):", SkipReason.Malformed },
            { "42", SkipReason.Malformed },
            { "\0\0\0\0", SkipReason.Malformed },
            {
                "{\"a\":" + string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000)) + "}",
                SkipReason.TooDeep
            },
            { Good + "\u00ff", SkipReason.Malformed },
            { "{\"hello\":\"world\"}", SkipReason.NotAnEvent },
            { "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Read\"}", SkipReason.NoSession },
            { "{\"hook_event_name\":\"PreToolUse\",\"tool_name\":\"Read\",\"session_id\":17}", SkipReason.NoSession },
            { "{\"hook_event_name\":[\"PreToolUse\"],\"session_id\":\"s\"}", SkipReason.NotAnEvent },
            { "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\"}", SkipReason.NoTool },
            {
                "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Read\",\"timestamp\":\"noon\"}",
                SkipReason.UnreadableTimestamp
            },
            {
                "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Read\",\"timestamp\":{}}",
                SkipReason.UnreadableTimestamp
            },
            {
                "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Read\",\"timestamp\":\"1970-01-01T00:00:00Z\"}",
                SkipReason.TimestampOutOfRange
            },
            {
                "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"Read\",\"timestamp\":\"9999-01-01T00:00:00Z\"}",
                SkipReason.TimestampOutOfRange
            },
            {
                "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"s\",\"tool_name\":\"" + new string('x', 300) + "\"}",
                SkipReason.NameTooLong
            },
            { "{\"hook_event_name\":\"PreToolUse\",\"session_id\":\"\\ud800\",\"tool_name\":\"Read\"}", SkipReason.NotUtf8 },
        };

    [Theory]
    [MemberData(nameof(BrokenLines))]
    public void A_broken_line_is_counted_and_its_neighbours_are_imported(string line, string reason)
    {
        using var folder = new ImportFolder();
        folder.Add("hooks.jsonl", $"{Good}1\"}}\n{line}\n{Good}2\"}}\n{Good}3\"}}\n");

        var result = folder.Import();

        Assert.Equal(3, result.NewCount);
        var skip = Assert.Single(result.Skipped);
        Assert.Equal((reason, 1L), (skip.Reason, skip.Count));
        Assert.EndsWith("hooks.jsonl:2", Assert.Single(skip.Examples));
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_cost_their_line()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "hooks.jsonl",
            [
                .. Encoding.UTF8.GetBytes($"{Good}1\"}}\n"),
                .. Encoding.Latin1.GetBytes($"{Good}\u00fc\"}}\n"),
                .. Encoding.UTF8.GetBytes($"{Good}2\"}}\n"),
            ]
        );

        var result = folder.Import();

        Assert.Equal(2, result.NewCount);
        Assert.Equal(SkipReason.NotUtf8, Assert.Single(result.Skipped).Reason);
    }

    [Fact]
    public void A_named_format_is_not_guessed()
    {
        using var folder = new ImportFolder();
        folder.Add("hooks.jsonl", $"{Good}1\"}}\n");

        var result = folder.Import(format: "CodexRollout");

        Assert.Equal((0L, SkipReason.NotAnEvent), (result.ReadCount, Assert.Single(result.Skipped).Reason));
    }

    [Theory]
    [InlineData("array")]
    [InlineData("objects")]
    public void A_pretty_printed_event_that_was_cut_off_costs_itself(string form)
    {
        var work = AgentWork.Invent(sessions: 1)[0];
        var text = form == "array" ? HookLogWriter.Array(work) : HookLogWriter.Concatenated(work);
        var events = HookLogWriter.Events(work, dated: true).Count();
        var second = text.IndexOf("\"session_id\"", text.IndexOf("\"session_id\"", StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        var third = text.LastIndexOf('{', text.IndexOf("\"session_id\"", second + 1, StringComparison.Ordinal));
        var cut = text.IndexOf('\n', second) + 4;
        using var folder = new ImportFolder();
        folder.Add("hooks.json", text[..cut] + text[(text.LastIndexOf('\n', third))..]);

        var result = folder.Import();

        Assert.Equal((events - 1, 1L), ((int)result.NewCount, result.SkippedCount));
        Assert.Equal(SkipReason.Malformed, result.Skipped.Single().Reason);
    }

    [Fact]
    public void What_a_tool_answered_is_never_stored_and_its_input_only_as_far_as_asked()
    {
        var hook =
            """{"session_id":"s","hook_event_name":"PostToolUse","tool_name":"Write","tool_use_id":"toolu_0123456789","""
            + """ "timestamp":"2026-03-02T10:00:00Z","tool_input":{"file_path":"a.txt","content":"inside"},"""
            + """ "tool_response":{"stdout":"answer"}}""";
        string Payload(PayloadMode mode)
        {
            using var folder = new ImportFolder();
            folder.Add("hooks.jsonl", hook).Import(new ImportOptions { PayloadMode = mode });
            return folder.Stored().Single().Payload;
        }

        Assert.All(Enum.GetValues<PayloadMode>(), mode => Assert.DoesNotContain("answer", Payload(mode)));
        Assert.Equal(
            [true, false, false],
            new[] { PayloadMode.Full, PayloadMode.Command, PayloadMode.None }.Select(mode => Payload(mode).Contains("inside"))
        );
        Assert.Equal(
            [true, true, false],
            new[] { PayloadMode.Full, PayloadMode.Command, PayloadMode.None }.Select(mode => Payload(mode).Contains("a.txt"))
        );
    }

    [Fact]
    public void What_a_failure_says_is_masked_in_full_payloads_too()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "hooks.jsonl",
            """
            {"session_id":"s","hook_event_name":"PostToolUseFailure","tool_name":"Bash","tool_use_id":"toolu_0123456789",
             "timestamp":"2026-03-02T10:00:00Z","tool_input":{"command":"ls"},"error":"denied: api_key=abcdefghijklmnop1234 at line 3"}
            """
        );

        folder.Import(new ImportOptions { PayloadMode = PayloadMode.Full });

        var payload = folder.Stored().Single().Payload;
        Assert.Contains("denied: ", payload);
        Assert.DoesNotContain("abcdefghijklmnop1234", payload);
    }

    [Fact]
    public void A_summary_that_the_program_writes_is_no_prompt()
    {
        const string Head =
            "\"sessionId\":\"5e550000-1111-4222-8333-000000000001\",\"isSidechain\":false,\"version\":\"2.0.0\",\"cwd\":\"/r\"";
        using var folder = new ImportFolder();
        folder.Add(
            "a.jsonl",
            $$$"""
            {"type":"user","uuid":"u1","parentUuid":null,"timestamp":"2026-03-02T10:00:00Z",{{{Head}}},
             "message":{"role":"user","content":"go on"}}
            {"type":"user","uuid":"u2","parentUuid":"u1","timestamp":"2026-03-02T10:00:01Z","isCompactSummary":true,{{{Head}}},
             "message":{"role":"user","content":"This session is continued"}}
            {"type":"assistant","uuid":"u3","parentUuid":"u2","timestamp":"2026-03-02T10:00:02Z",{{{Head}}},
             "message":{"id":"m1","role":"assistant",
              "content":[{"type":"tool_use","id":"toolu_1","name":"Read","input":{"file_path":"a"}}]}}

            """
        );

        folder.Import();

        Assert.Equal((1, 1), (folder.Count("UserPromptSubmit"), folder.Count("PreToolUse")));
    }

    [Theory]
    [InlineData("""{"command":"apply_patch","patch":"*** Begin Patch\n*** Delete File: a.txt\n*** End Patch"}""", "apply_patch")]
    [InlineData("""{"input":"*** Begin Patch\n*** Delete File: a.txt","patch":"*** Begin Patch\n*** Add File: b.txt"}""", "a.txt")]
    public void A_payload_has_one_command_however_many_fields_hold_one(string input, string expected)
    {
        using var folder = new ImportFolder();
        folder.Add(
            "hooks.jsonl",
            $$"""{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"apply_patch","tool_use_id":"t","""
                + $$""" "timestamp":"2026-03-02T09:00:00Z","tool_input":{{input}}}"""
        );

        folder.Import();

        var payload = System.Text.Json.JsonDocument.Parse(Assert.Single(folder.Stored()).Payload).RootElement;
        var command = Assert.Single(payload.GetProperty("tool_input").EnumerateObject(), field => field.Name == "command");
        Assert.Contains(expected, command.Value.GetString());
    }

    [Theory]
    [InlineData(PayloadMode.Command)]
    [InlineData(PayloadMode.Full)]
    public void Secrets_are_masked_before_they_are_stored(PayloadMode mode)
    {
        var hook =
            """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"toolu_0123456789","""
            + """ "timestamp":"2026-03-02T10:00:00Z","cwd":"/home/alice/repo","""
            + """ "tool_input":{"command":"curl -H 'Authorization: Bearer abcdefghijklmnop' https://example.com","""
            + """ "env":{"DB_PASSWORD":"hunter22"},"note":"ghp_abcdefghijklmnopqrst"}}""";
        using var folder = new ImportFolder();

        folder.Add("hooks.jsonl", hook).Import(new ImportOptions { PayloadMode = mode });

        var payload = folder.Stored().Single().Payload;
        Assert.All(new[] { "alice", "abcdefghijklmnop", "hunter22" }, secret => Assert.DoesNotContain(secret, payload));
        Assert.Contains("curl -H 'Authorization: Bearer ***", payload);
    }

    [Theory]
    [InlineData(
        """{"type":"session_meta","payload":{"id":"5e550000-1111-4222-8333-000000000001"}}""",
        """{"type":"response_item","payload":{"type":"function_call_output","output":"ok"}}""",
        "wrong_type 1"
    )]
    [InlineData(
        """{"type":"session_meta","payload":{"id":"5e550000-1111-4222-8333-000000000001"}}""",
        """{"type":"event_msg","payload":{"type":"exec_command_end","exit_code":0}}""",
        "wrong_type 1"
    )]
    [InlineData(
        """{"type":"session_meta","payload":{"id":"5e550000-1111-4222-8333-000000000001"}}""",
        """{"type":"response_item","payload":{"name":"shell"}}""",
        "not_an_event 1"
    )]
    [InlineData(
        """{"type":"thread.started","thread_id":"t"}""",
        """{"type":"item.completed","item":{"type":"command_execution","command":"ls","exit_code":0}}""",
        "wrong_type 1"
    )]
    [InlineData(
        """{"type":"user","sessionId":"s","uuid":"u","timestamp":"2026-03-02T10:00:00Z","message":{"role":"user","content":"go"}}""",
        """{"type":"user","sessionId":"s","uuid":"v","timestamp":"2026-03-02T10:00:01Z","message":{"role":"user"}}""",
        "wrong_type 1"
    )]
    public void What_lacks_the_id_or_the_content_of_an_event_is_counted(string known, string broken, string skips)
    {
        using var folder = new ImportFolder();

        var result = folder.Add("a.jsonl", $"{known}\n{broken}\n").Import();

        Assert.Equal(skips, result.Skips());
        Assert.EndsWith("a.jsonl:2", Assert.Single(Assert.Single(result.Skipped).Examples));
    }

    [Fact]
    public void However_many_foreign_lines_come_first_all_are_counted()
    {
        const int Lines = 120_000;
        using var folder = new ImportFolder();
        var hook = """{"session_id":"s","hook_event_name":"Stop","timestamp":"2026-03-02T10:00:00Z"}""";

        var result = folder.Add("a.jsonl", string.Concat(Enumerable.Repeat("{}\n", Lines)) + hook).Import();

        Assert.Equal((1L, $"not_an_event {Lines}"), (result.NewCount, result.Skips()));
    }
}
