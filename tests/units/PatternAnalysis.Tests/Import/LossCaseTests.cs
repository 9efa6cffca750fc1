using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Reporting;

namespace PatternAnalysis.Tests.Import;

/// <summary>What is not stored is counted, with a reason and a place: cases 04 and 19, each with relatives.</summary>
public class LossCaseTests
{
    private const string Session = "5e550000-1111-4222-8333-000000000001";

    [Fact]
    public void Case_04_chats_of_Qwen_are_read_as_such()
    {
        using var folder = ImportFolder.OfCase("04");

        var result = folder.Import();

        Assert.Equal("", result.Skips());
        Assert.Equal(
            "00000190-1111-4222-8333-000000000400: run_shell_command(npm test)=Failed > edit(.ts)=Ok > run_shell_command(npm test)=Ok",
            folder.Told()
        );
    }

    [Theory]
    [InlineData("cancelled", "[Operation Cancelled] Reason: User did not allow tool call", "refused_call 1")]
    [InlineData("cancelled", "", "cancelled_call 1")]
    public void Case_04_relative_a_cancelled_call_of_Qwen_was_not_made(string status, string error, string told)
    {
        using var folder = new ImportFolder();
        folder.Add(
            "q.jsonl",
            JsonLines
                .Unfold(
                    """
                    {"sessionId":"q","uuid":"u","timestamp":"2026-03-02T09:00:01Z","type":"assistant","model":"m","message":{"role":"model",
                        "parts":[{"functionCall":{"id":"c0","name":"edit","args":{"file_path":"/a.ts"}}}]}}
                    {"sessionId":"q","uuid":"v","timestamp":"2026-03-02T09:00:02Z","type":"tool_result","message":{"role":"user",
                        "parts":[{"functionResponse":{"id":"c0","name":"edit","response":{"error":"ERROR"}}}]},
                        "toolCallResult":{"callId":"c0","status":"STATUS"}}
                    """
                )
                .Replace("ERROR", error)
                .Replace("STATUS", status)
        );

        folder.Import();

        Assert.Equal(told, folder.Told());
    }

    [Fact]
    public void Case_04_relative_an_envelope_around_an_unknown_message_is_no_transcript()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "x.jsonl",
            """{"sessionId":"x","uuid":"u","timestamp":"2026-03-02T09:00:01Z","type":"assistant","message":{"role":"m","items":[]}}"""
        );

        var result = folder.Import();

        Assert.Equal("unknown_format 1", result.Skips());
        Assert.Contains("sessionId, uuid, timestamp", result.Skipped[0].Examples[0]);
        Assert.Contains("Nothing was imported from 1 file", ImportText.Warn(result));
    }

    [Fact]
    public void Case_19_foreign_lines_are_counted_wherever_they_stand()
    {
        using var first = ImportFolder.OfCase("19");
        using var last = new ImportFolder();
        var lines = File.ReadAllLines(Path.Combine(first.Input, "h.jsonl"));
        last.Add("h.jsonl", string.Join('\n', lines.Reverse()));

        var (before, after) = (first.Import(), last.Import());

        Assert.Equal((1L, "not_an_event 3"), (before.NewCount, before.Skips()));
        Assert.Equal((1L, "not_an_event 3"), (after.NewCount, after.Skips()));
        Assert.EndsWith("h.jsonl:1", before.Skipped[0].Examples[0]);
    }

    [Fact]
    public void Case_19_relative_records_that_a_transcript_may_begin_with_are_not_foreign()
    {
        using var folder = new ImportFolder();
        folder.Add(
            "a.jsonl",
            "{\"type\":\"summary\",\"summary\":\"x\"}\n" + new ClaudeRecords(Session).User("go").Text + "{\"other\":1}\n"
        );

        var result = folder.Import();

        Assert.Equal((1L, "not_an_event 1"), (result.NewCount, result.Skips()));
        Assert.EndsWith("a.jsonl:3", result.Skipped[0].Examples[0]);
    }
}
