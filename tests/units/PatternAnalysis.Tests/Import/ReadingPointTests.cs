using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>From where a file of Claude Code that has grown is read.</summary>
public class ReadingPointTests
{
    private const string Prompt =
        """{"type":"user","uuid":"u","sessionId":"s","promptId":"P","timestamp":"T","message":{"content":"go"}}""";
    private const string Call =
        """{"type":"assistant","sessionId":"s","timestamp":"T","message":{"id":"M","content":["""
        + """{"type":"tool_use","id":"C","name":"Bash"}]}}""";
    private const string Answer =
        """{"type":"user","sessionId":"s","timestamp":"T","message":{"content":[{"type":"tool_result","tool_use_id":"C"}]}}""";
    private const string Title = """{"type":"summary","summary":"x"}""";
    private const string Chain =
        """{"type":"assistant","uuid":"x","sessionId":"s","isSidechain":true,"timestamp":"T","message":{"id":"N","content":[]}}""";
    private const string Undated = """{"type":"assistant","uuid":"x","sessionId":"s","message":{"id":"N","content":[]}}""";

    // p prompts, c calls, a answers, t titles, b something broken, x a chain of a sub-agent, u has no time. The line and the prompt where
    // it goes on.
    [Theory]
    [InlineData("p", 1, "\n")]
    [InlineData("pc", 2, "P1\n")]
    [InlineData("pca", 2, "P1\n")]
    [InlineData("pcac", 4, "P1\n")]
    [InlineData("pcacc", 4, "P1\n")]
    [InlineData("pcaca", 4, "P1\n")]
    [InlineData("pcc", 2, "P1\n")]
    [InlineData("pcp", 3, "P1\n")]
    [InlineData("pcap", 4, "P1\n")]
    [InlineData("pcapt", 4, "P1\n")]
    [InlineData("pp", 2, "P1\n")]
    [InlineData("tp", 2, "\n")]
    [InlineData("t", null, null)]
    [InlineData("pb", null, null)]
    [InlineData("pbp", 3, "P1\n")]
    [InlineData("pbc", 3, "P1\n")]
    [InlineData("pbca", 3, "P1\n")]
    [InlineData("pxc", 1, "\n")]
    [InlineData("xp", null, null)]
    [InlineData("pup", 1, "\n")]
    public void Where_no_call_was_open_and_nothing_was_left_out(string records, int? line, string? state)
    {
        var (text, lines) = (new StringBuilder(), Lines(records));
        foreach (var one in lines)
            text.Append(one).Append('\n');

        var rows = new Count();
        var next = Source(text.ToString()).Read(rows, null, _ => { }, default).Next;

        Assert.Equal((line, state), ((int?)next?.Line, next?.State));
        if (next is null)
            return;
        Assert.Equal(lines[..(line!.Value - 1)].Sum(one => (long)one.Length + 1), next.Offset);
        Assert.Equal("ClaudeTranscript", next.Format);

        // What is read from there is what would have been read.
        var (before, after) = (new Count(), new Count());
        Source(text.ToString()[..(int)next.Offset]).Read(before, null, _ => { }, default);
        var reading = Source(text.ToString()).Read(after, next, _ => { }, default);
        Assert.True(reading.WentOn);
        Assert.Equal(rows.Told, [.. before.Told, .. after.Told]);
        Assert.Equal(before.Told.Count, next.EventCount);
        Assert.Equal(next, reading.Next);
    }

    [Fact]
    public void A_file_whose_beginning_has_changed_is_read_whole()
    {
        var text = string.Join('\n', Lines("pcacap"));
        var next = Source(text).Read(new Count(), null, _ => { }, default).Next!;
        var rows = new Count();

        var reading = Source(text.Replace("P1", "P9", StringComparison.Ordinal)).Read(rows, next, _ => { }, default);
        var shorter = Source(text[..((int)next.Offset - 1)]).Read(new Count(), next, _ => { }, default);

        Assert.Equal((false, false), (reading.WentOn, shorter.WentOn));
        Assert.Equal(6, rows.Told.Count);
    }

    [Fact]
    public void Text_of_two_bytes_a_character_is_read_whole()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(string.Join('\n', Lines("pcap")))];
        var rows = new Count();

        var reading = new JsonEventSource("/logs/s.jsonl", bytes.Length, TextFile.Written, () => new MemoryStream(bytes)).Read(
            rows,
            null,
            _ => { },
            default
        );

        Assert.Equal((4, (ReadingPoint?)null), (rows.Told.Count, reading.Next));
    }

    [Fact]
    public void An_agents_file_goes_on_as_one_of_the_session_that_it_named_first()
    {
        var text =
            Call.Replace("\"sessionId\":\"s\"", "\"isSidechain\":true,\"sessionId\":\"first\"", StringComparison.Ordinal)
            + "\n"
            + Answer.Replace("\"sessionId\":\"s\"", "\"isSidechain\":true,\"sessionId\":\"x\"", StringComparison.Ordinal)
            + "\n"
            + Call.Replace("\"sessionId\":\"s\"", "\"isSidechain\":true,\"sessionId\":\"x\"", StringComparison.Ordinal)
                .Replace("\"M\"", "\"M2\"", StringComparison.Ordinal);
        text = text.Replace("\"T\"", "\"2026-03-02T09:00:00Z\"", StringComparison.Ordinal);
        JsonEventSource File() => Source(text, "/logs/agent-a.jsonl");

        var next = File().Read(new Count(), null, _ => { }, default).Next!;
        var rows = new Count();
        File().Read(rows, next, _ => { }, default);

        Assert.Equal((3, "\nfirst"), (next.Line, next.State));
        Assert.Equal(["PreToolUse first 3"], rows.Told);
    }

    private static string[] Lines(string records)
    {
        var (prompts, calls, open) = (0, 0, new Queue<int>());
        string Numbered(char record)
        {
            var text = record switch
            {
                'p' => Prompt.Replace("\"P\"", $"\"P{++prompts}\"", StringComparison.Ordinal),
                'c' => Call.Replace("\"C\"", $"\"C{++calls}\"", StringComparison.Ordinal)
                    .Replace("\"M\"", $"\"M{calls}\"", StringComparison.Ordinal),
                'a' => Answer.Replace("\"C\"", $"\"C{open.Dequeue()}\"", StringComparison.Ordinal),
                't' => Title,
                'x' => Chain,
                'u' => Undated,
                _ => "{ broken",
            };
            if (record == 'c')
                open.Enqueue(calls);
            return text.Replace("\"T\"", "\"2026-03-02T09:00:00Z\"", StringComparison.Ordinal);
        }

        return [.. records.Select(Numbered)];
    }

    private static JsonEventSource Source(string text, string name = "/logs/s.jsonl")
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return new JsonEventSource(name, bytes.Length, TextFile.Written, () => new MemoryStream(bytes));
    }

    private sealed class Count : IEventReceiver
    {
        public List<string> Told { get; } = [];

        public void Add(ImportedEvent hookEvent, long place = 0) => Told.Add($"{hookEvent.EventType} {hookEvent.SessionId} {place}");

        public void Add(MessageUsage usage) { }

        public void Add(CallResult result) { }

        public void Skip(string reason, long place = 0, string? detail = null) { }
    }
}
