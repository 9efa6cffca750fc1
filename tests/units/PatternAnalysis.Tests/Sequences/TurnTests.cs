using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Calls that one message asked for are one turn, and a turn knows what its message used.</summary>
public class TurnTests
{
    [Fact]
    public void Each_call_without_a_message_is_a_turn_and_those_of_one_message_are_one_within_a_case()
    {
        var turns = new TurnTable();

        turns.StartCase();
        Assert.Equal([0, 1, 2, 1, 3, 2], new ulong[] { 0, 7, 9, 7, 0, 9 }.Select(turns.Add));
        turns.StartCase();
        Assert.Equal([4, 5, 4], new ulong[] { 7, 0, 7 }.Select(turns.Add));

        Assert.Equal(6, turns.Count);
        Assert.Equal([0ul, 7, 9, 0, 7, 0, 0], Enumerable.Range(0, 7).Select(turns.MessageOf));
    }

    [Fact]
    public void What_a_message_used_is_known_of_its_turns_alone()
    {
        var turns = new TurnTable();
        turns.StartCase();
        foreach (var message in new ulong[] { 0, 7, 9 })
            turns.Add(message);
        Assert.False(turns.HasUsage);
        Assert.Null(turns[1]);

        var usage = new TurnUsage("m", 1, 2, 3, 4, 5, 6);
        turns.Join(new Dictionary<ulong, TurnUsage> { [7] = usage });

        Assert.True(turns.HasUsage);
        Assert.Equal([null, usage, null], Enumerable.Range(0, 3).Select(turn => turns[turn]));
    }

    [Fact]
    public void A_message_is_found_by_its_session_whatever_part_of_it_a_case_is()
    {
        var usage = new ToldUsage { Messages = [Message("s", "m1", 10, "p1"), Message("t", "m1", 20, null), Message("s", "m2", 30, null)] };
        var calls = new RecordedCalls()
            .Call("s", "Read", "file_path", "a", message: "m1")
            .Call("s", "Edit", "file_path", "a", message: "m1")
            .Call("s", "Read", "file_path", "b", message: "m2")
            .Call("t", "Read", "file_path", "c", message: "m1")
            .Call("t", "Read", "file_path", "d");
        foreach (var kind in Enum.GetValues<CaseKind>())
        {
            var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Case = kind });
            calls.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
            sequencer.ReadUsage(usage);
            var records = sequencer.Build().Records!;

            Assert.Equal([10, 10, 30, 20, null], Enumerable.Range(0, 5).Select(position => records.Turns[records.TurnOf(position)]?.Input));
            Assert.Equal(records.TurnOf(0), records.TurnOf(1));
            Assert.False(records.HasOwnTurns);
            var first = records.Turns[records.TurnOf(0)]!;
            Assert.Equal(
                ("model", 10, 11, 12, 13, 2, StepIds.Hash("p1"u8)),
                (first.Model, first.Input, first.CacheWrite, first.CacheRead, first.Output, first.Calls, first.Prompt)
            );
            Assert.Equal(0ul, records.Turns[records.TurnOf(3)]!.Prompt);
        }
    }

    [Fact]
    public void Bare_tool_names_do_without_what_was_used()
    {
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Tool });
        new RecordedCalls()
            .Call("s", "Read", "file_path", "a", message: "m1")
            .Read(sequencer.StoreQuery, sequencer, CancellationToken.None);

        sequencer.ReadUsage(new ToldUsage { Messages = [Message("s", "m1", 10, null)] });

        Assert.False(sequencer.Build().Records!.Turns.HasUsage);
        Assert.Throws<ArgumentNullException>(() => sequencer.ReadUsage(null!));
    }

    private static MessageUsage Message(string session, string id, long input, string? prompt) =>
        new()
        {
            SessionId = session,
            MessageId = id,
            Timestamp = new DateTime(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc),
            Model = "model",
            InputTokens = input,
            CacheWriteTokens = 11,
            CacheReadTokens = 12,
            OutputTokens = 13,
            CallCount = 2,
            PromptId = prompt,
        };
}
