using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>What is stored of an event, by how much of it is asked for.</summary>
public class PayloadWriterTests
{
    private const string Patch = "*** Begin Patch\n*** Update File: a.cs\n-old\n+new\n*** End Patch";

    private static readonly ImportedEvent s_call = new()
    {
        EventType = HookEventType.PreToolUse,
        SessionId = "s",
        ToolName = "Bash",
    };

    [Fact]
    public void Names_and_ids_are_stored_in_every_mode_and_empty_ones_are_not()
    {
        var all = s_call with
        {
            ToolUseId = "t",
            AgentId = "a",
            PromptId = "p",
            MessageId = "m",
            DurationMs = 5,
            SourceApp = "x",
            EventId = "e",
        };
        const string names =
            """{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_use_id":"t","agent_id":"a","prompt_id":"p","""
            + "\"message_id\":\"m\",\"duration_ms\":5}";

        Assert.All(Enum.GetValues<PayloadMode>(), mode => Assert.Equal(names, Write(all, mode)));
        Assert.Equal(
            """{"session_id":"s","hook_event_name":"PreToolUse","duration_ms":0}""",
            Write(all with { ToolName = "", ToolUseId = null, AgentId = "", PromptId = null, MessageId = null, DurationMs = 0 })
        );
    }

    [Theory]
    [InlineData(PayloadMode.None, "")]
    [InlineData(PayloadMode.Command, ",\"cwd\":\"/repo\"")]
    [InlineData(PayloadMode.Full, ",\"cwd\":\"/repo\",\"error\":\"it broke\"")]
    [InlineData(PayloadMode.Unmasked, ",\"cwd\":\"/repo\",\"error\":\"it broke\"")]
    public void The_folder_and_what_was_said_are_stored_as_far_as_asked(PayloadMode mode, string rest)
    {
        var ended = s_call with { EventType = "PostToolUseFailure", WorkingDirectory = "/repo", Text = "it broke" };
        var prompt = ended with { EventType = HookEventType.UserPromptSubmit, ToolName = null };

        Assert.EndsWith($"\"tool_name\":\"Bash\"{rest}}}", Write(ended, mode));
        Assert.EndsWith($"\"UserPromptSubmit\"{rest.Replace("error", "prompt", StringComparison.Ordinal)}}}", Write(prompt, mode));
    }

    // Of what a tool was given: the fields that names and the danger check are read from, or all.
    [Theory]
    [InlineData("""{"command":"ls","description":"x"}""", """{"command":"ls"}""")]
    [InlineData("""{"cmd":"ls","chars":"y","workdir":"/w"}""", """{"cmd":"ls","chars":"y","workdir":"/w"}""")]
    [InlineData("""{"skill":"s","subagent_type":"t","prompt":"x"}""", """{"skill":"s","subagent_type":"t"}""")]
    [InlineData("""{"file_path":"a","content":"x"}""", """{"file_path":"a"}""")]
    [InlineData("""{"notebook_path":"a","filePath":"b"}""", """{"notebook_path":"a","filePath":"b"}""")]
    [InlineData("""{"absolute_path":"a","target_file":"b","path":"c"}""", """{"absolute_path":"a","target_file":"b"}""")]
    [InlineData("""{"command":["ls","-l"]}""", """{"command":["ls","-l"]}""")]
    [InlineData("""{"command":["ls",{"x":[1.50,true,null]}]}""", """{"command":["ls",{"x":[1.50,true,null]}]}""")]
    [InlineData("""{"command":7}""", """{"command":7}""")]
    [InlineData("""{"command":null}""", """{"command":null}""")]
    [InlineData("""{"other":1}""", "{}")]
    [InlineData("{}", "{}")]
    public void Of_an_input_what_says_what_is_done_is_stored(string input, string command)
    {
        var call = s_call with { ToolInput = JsonFields.ParseObject(input) };

        Assert.EndsWith($",\"tool_input\":{command}}}", Write(call));
        Assert.EndsWith($",\"tool_input\":{input}}}", Write(call, PayloadMode.Full));
        Assert.EndsWith($",\"tool_input\":{input}}}", Write(call, PayloadMode.Unmasked));
        Assert.DoesNotContain("tool_input", Write(call, PayloadMode.None), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("input")]
    [InlineData("patch")]
    [InlineData("patchText")]
    [InlineData("patch_text")]
    public void A_patch_is_the_command_of_its_tool_whatever_its_field_is_called(string field)
    {
        var call = s_call with { ToolInput = JsonFields.ObjectOf(field, Patch) };
        var other = s_call with { ToolInput = JsonFields.ObjectOf(field, "no patch") };
        var beside = s_call with { ToolInput = JsonFields.ObjectOf([new("command", "ls"), new(field, Patch)]) };

        Assert.Contains("\"command\":\"", Write(call), StringComparison.Ordinal);
        Assert.Contains("a.cs", Write(call), StringComparison.Ordinal);
        Assert.DoesNotContain("new", Write(call), StringComparison.Ordinal);
        Assert.EndsWith("\"tool_input\":{}}", Write(other));
        Assert.EndsWith("\"tool_input\":{\"command\":\"ls\"}}", Write(beside));
        Assert.Contains("+new", Write(call, PayloadMode.Full), StringComparison.Ordinal);
        Assert.DoesNotContain("\"command\"", Write(call, PayloadMode.Full), StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_in_a_list_of_words_loses_its_changes_too()
    {
        var call = s_call with
        {
            ToolInput = JsonFields.ParseObject(
                """{"command":["apply_patch","*** Begin Patch\n*** Update File: a.cs\n-old\n+new\n*** End Patch"]}"""
            ),
        };

        Assert.Contains("[\"apply_patch\",\"*** ", Write(call), StringComparison.Ordinal);
        Assert.DoesNotContain("new", Write(call), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_object_is_no_input() =>
        Assert.DoesNotContain(
            "tool_input",
            Write(s_call with { ToolInput = JsonFields.ParseObject("""{"a":[1]}""").Field("a") }, PayloadMode.Full),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_writer_that_masks_keeps_no_folder_of_the_event_before()
    {
        var writer = new PayloadWriter(PayloadMode.Command, masks: true);
        string In(string folder) => writer.Write(s_call with { WorkingDirectory = folder });

        Assert.Equal([In("/a"), In("/b"), In("/a")], [In("/a"), In("/b"), In("/a")]);
        Assert.Contains("\"cwd\":\"/b\"", In("/b"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_error_is_cut_unless_it_is_stored_as_it_is()
    {
        var error = s_call with { EventType = "PostToolUseFailure", Text = string.Concat(Enumerable.Repeat("word ", 200)) };

        Assert.InRange(Write(error, PayloadMode.Full).Length, 500, 700);
        Assert.Contains(error.Text!, Write(error, PayloadMode.Unmasked), StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_holds_a_NUL()
    {
        var call = s_call with
        {
            WorkingDirectory = "/a\0",
            Text = "b\0",
            ToolInput = JsonFields.ParseObject("""{"c\u0000":"d\u0000","command":"e\u0000"}"""),
        };

        Assert.All(
            new[] { PayloadMode.Command, PayloadMode.Full, PayloadMode.Unmasked },
            mode =>
            {
                Assert.DoesNotContain("\\u0000", Write(call, mode), StringComparison.Ordinal);
                Assert.Contains("\"command\":\"e\uFFFD\"", Write(call, mode), StringComparison.Ordinal);
                Assert.Contains("/a\uFFFD", Write(call, mode), StringComparison.Ordinal);
            }
        );
    }

    private static string Write(ImportedEvent row, PayloadMode mode = PayloadMode.Command) =>
        new PayloadWriter(mode, masks: mode != PayloadMode.Unmasked).Write(row);
}
