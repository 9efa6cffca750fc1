using System.Text;
using CsCheck;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Tests.Payloads;

public class ToolUseReaderTests
{
    private static ToolUse Read(string payload, string tool = "Bash") => ToolUseReader.Read(tool, Encoding.UTF8.GetBytes(payload));

    [Theory]
    [InlineData("""{"session_id":"s","tool_name":"Bash","tool_input":{"command":"git status","description":"x"},"tool_use_id":"t1"}""")]
    [InlineData("""{"tool_input":{"timeout":{"a":[1,{"command":"no"}]},"command":"git status"},"tool_use_id":"t1"}""")]
    [InlineData("""{"command":"git status","tool_use_id":"t1"}""")]
    [InlineData("""{"command":"other","tool_input":{"command":"git status"},"tool_use_id":"t1"}""")]
    [InlineData("""{"arguments":"{\"cmd\":\"git status\"}","call_id":"t1"}""")]
    [InlineData("""{"command":["git","status"],"tool_use_id":"t1"}""")]
    [InlineData("""{"tool_input":{"comm\u0061nd":"git status"},"tool_use_id":"t1"}""")]
    public void The_command_is_found_in_the_forms_that_agents_send(string payload)
    {
        var use = Read(payload);

        Assert.Equal(("git status", "t1", true), (use.Command, use.ToolUseId, use.HasPayload));
    }

    [Theory]
    [InlineData("""{"tool_input":{"content":"x","file_path":"/a/b.cs"}}""")]
    [InlineData("""{"notebook_path":"/a/b.cs"}""")]
    [InlineData("""{"input":{"absolute_path":"/a/b.cs"}}""")]
    public void The_file_of_a_call_is_found(string payload) => Assert.Equal("/a/b.cs", Read(payload, "Read").FilePath);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2]")]
    [InlineData("\"text\"")]
    [InlineData("{\"tool_input\":null}")]
    [InlineData("{\"tool_input\":[{\"command\":\"x\"}]}")]
    [InlineData("{\"command\":5,\"file_path\":{}}")]
    [InlineData("{\"command\":[1,\"x\"]}")]
    [InlineData("{\"command\":\"x\"")]
    [InlineData("{\"command\":\"x\"} trailing")]
    [InlineData("{\"command\":\"\\ud800\"}")]
    [InlineData("{\"arguments\":\"{broken\"}")]
    [InlineData("not json")]
    public void A_payload_that_says_nothing_is_no_error(string payload)
    {
        var use = Read(payload);

        Assert.Equal((null, null, payload.Length > 0), (use.Command, use.FilePath, use.HasPayload));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Read","cwd":"/repo","tool_use_id":"t"}""")]
    public void A_payload_that_does_not_say_what_the_tool_was_given_is_as_good_as_none(string payload) =>
        Assert.False(Read(payload).HasPayload);

    [Fact]
    public void One_reading_finds_what_stands_around_the_call_as_if_it_were_read_alone()
    {
        string[] values =
        [
            "\"a\"",
            "\"\\u0061\"",
            "\"\\ud800\"",
            "1.5",
            "-1",
            "null",
            "{\"agent_id\":\"b\"}",
            "[\"tool_use_id\",{}]",
            "\"{broken\"",
            "",
        ];
        string[] names = ["tool_use_id", "agent_id", "prompt_id", "message_id", "duration_ms", "call_id", "command", "tool_input"];
        string[] ends = ["}", "} ", "} x", ""];
        Gen.Select(OneOf(names), OneOf(values), (name, value) => $"\"{name}\":{value}")
            .Array[0, 6]
            .Select(OneOf(ends), (properties, end) => $"{{{string.Join(',', properties)}{end}")
            .Sample(payload =>
            {
                var bytes = Encoding.UTF8.GetBytes(payload);
                ToolUseReader.Read("Bash", bytes, out var call);
                Assert.Equal(Text(CallEnvelope.Read(bytes)), Text(call));
            });

        static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

        static string Text(in CallEnvelope call) =>
            $"{Word(call.ToolUseId)} {Word(call.AgentId)} {Word(call.PromptId)} {Word(call.MessageId)} {call.Milliseconds}";

        static string Word(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
    }

    [Fact]
    public void Deep_nesting_is_no_error() => Assert.Null(Read(string.Concat(Enumerable.Repeat("{\"tool_input\":", 50_000)) + "1").Command);

    [Fact]
    public void Any_bytes_are_no_error() =>
        Gen.Byte.Array.Sample(
            bytes =>
            {
                ToolUseReader.Read("Bash", bytes);
            },
            iter: 10_000
        );

    [Fact]
    public void An_argument_list_reaches_the_shell_reader_as_the_same_words()
    {
        var use = Read("""{"command":["bash","-lc","it's $HOME; ls","a b","","x=1"]}""");

        Assert.Equal("""bash -lc 'it'\''s $HOME; ls' 'a b' '' x=1""", use.Command);
    }
}
