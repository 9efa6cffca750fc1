using System.Text;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Where a session is cut, and which calls of it were not made.</summary>
public class CaseBorderTests
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    // Steps at 0, 10, 20 and 20 seconds; a border cuts between two steps of different times, the earlier of which may have its time.
    [Theory]
    [InlineData("", "ABCD")]
    [InlineData("-5", "ABCD")]
    [InlineData("0", "A BCD")]
    [InlineData("1", "A BCD")]
    [InlineData("9", "A BCD")]
    [InlineData("10", "A B CD")]
    [InlineData("20", "AB CD")]
    [InlineData("21", "ABCD")]
    [InlineData("5 5 7", "A BCD")]
    [InlineData("25 15 5", "A B CD")]
    public void Without_prompts_a_case_ends_where_one_was_given_or_answered(string borders, string expected)
    {
        var rows = new[] { ("A", 0), ("B", 10), ("C", 20), ("D", 20) }.Select(step => new Row("PreToolUse", step.Item1, step.Item2));
        var notes = borders
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(second => new Row("Stop", "", int.Parse(second, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(expected, Cases(CaseKind.Prompt, 30, [.. rows, .. notes]));
    }

    [Theory]
    [InlineData("p", "p", "p", "ABC")]
    [InlineData("p", "q", "q", "A BC")]
    [InlineData("p", null, "q", "A BC")]
    [InlineData(null, null, "q", "A BC")]
    [InlineData("p", "q", null, "A BC")]
    public void Where_both_steps_name_their_prompt_that_alone_counts(string? first, string? second, string? third, string expected) =>
        Assert.Equal(
            expected,
            Cases(
                CaseKind.Prompt,
                30,
                new Row("PreToolUse", "A", 0, first),
                new Row("UserPromptSubmit", "", 5),
                new Row("PreToolUse", "B", 10, second),
                new Row("PreToolUse", "C", 20, third)
            )
        );

    [Theory]
    [InlineData(CaseKind.Idle, "s", 60, "AB")]
    [InlineData(CaseKind.Idle, "s", 61, "A B")]
    [InlineData(CaseKind.Session, "s", 100_000, "AB")]
    [InlineData(CaseKind.Session, "n/a", 60, "AB")]
    [InlineData(CaseKind.Session, "n/a", 61, "A B")]
    [InlineData(CaseKind.Session, "NULL/agent", 61, "A B")]
    [InlineData(CaseKind.Session, "none", 61, "A B")]
    [InlineData(CaseKind.Session, "unknown-7", 61, "AB")]
    [InlineData(CaseKind.Prompt, "s", 61, "AB")]
    [InlineData(CaseKind.Prompt, "undefined", 61, "A B")]
    public void A_pause_ends_a_case_where_pauses_do_and_of_what_has_no_name(CaseKind kind, string session, int pause, string expected) =>
        Assert.Equal(
            expected,
            Cases(kind, 1, new Row("PreToolUse", "A", 0, null, session), new Row("PreToolUse", "B", pause, null, session))
        );

    // Steps of one id at 0, 10 and 20 seconds, and when it was said that the call of that id was not made.
    [Theory]
    [InlineData("PermissionDenied", -1, "BC")]
    [InlineData("PermissionDenied", 0, "BC")]
    [InlineData("PermissionDenied", 9, "BC")]
    [InlineData("PermissionDenied", 10, "AC")]
    [InlineData("ToolUseCancelled", 15, "AC")]
    [InlineData("ToolUseCancelled", 20, "AB")]
    [InlineData("ToolUseCancelled", 99, "AB")]
    public void Of_an_id_that_is_used_again_the_last_call_before_it_was_said_was_not_made(string type, int second, string expected)
    {
        var sequencer = Read(
            CaseKind.Session,
            30,
            new Row("PreToolUse", "C", 20, Id: "c"),
            new Row(type, "", second, Id: "c"),
            new Row("PreToolUse", "A", 0, Id: "c"),
            new Row("PreToolUse", "B", 10, Id: "c"),
            new Row(type, "", 20, Id: "another")
        );
        var corpus = sequencer.Build();

        Assert.Equal(expected, Assert.Single(corpus.Sequences()).Text.Replace("→", "", StringComparison.Ordinal));
        var reason = type == "PermissionDenied" ? EventReading.RefusedCall : EventReading.CancelledCall;
        Assert.Equal([KeyValuePair.Create(reason, 1L)], corpus.Reading.Excluded);
        Assert.Equal(3, corpus.Reading.EventCount);
    }

    [Fact]
    public void A_store_is_asked_for_the_events_that_cut_end_and_refuse()
    {
        Assert.Equal(
            ["tool_use", "PreToolUse", "PermissionDenied", "ToolUseCancelled"],
            new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Tool }).StoreQuery.EventTypes
        );
        var all = new EventSequencer(
            new EventQuery { EventTypes = ["PreToolUse", "Stop"] },
            new ActivityOptions { Case = CaseKind.Prompt, ReadsOutcomes = true }
        ).StoreQuery;
        Assert.Equal(
            [
                "PreToolUse",
                "Stop",
                "PermissionDenied",
                "ToolUseCancelled",
                "UserPromptSubmit",
                "PostToolUse",
                "PostToolUseFailure",
                "tool_result",
            ],
            all.EventTypes
        );
        Assert.True(all.ReadsPayload);
        Assert.False(Asked(new ActivityOptions { Model = ActivityModel.Tool, ReadsOutcomes = true }, "PreToolUse").ReadsPayload);
        Assert.DoesNotContain(
            "PostToolUse",
            Asked(new ActivityOptions { Model = ActivityModel.Tool, ReadsOutcomes = true }, "PreToolUse").EventTypes
        );
        Assert.True(Asked(new ActivityOptions { Model = ActivityModel.Tool, Case = CaseKind.Idle }, "PreToolUse").ReadsPayload);
        Assert.True(Asked(new ActivityOptions { Model = ActivityModel.Tool }, "PreToolUse", "PostToolUse").ReadsPayload);
        Assert.True(Asked(new ActivityOptions { Model = ActivityModel.Operation }, "PreToolUse").ReadsPayload);
        Assert.Throws<ArgumentNullException>(() => new EventSequencer(null!));

        static EventQuery Asked(ActivityOptions options, params string[] types) =>
            new EventSequencer(new EventQuery { EventTypes = types }, options).StoreQuery;
    }

    private static string Cases(CaseKind kind, int idleMinutes, params Row[] rows) =>
        string.Join(
            ' ',
            Read(kind, idleMinutes, rows).Build().Sequences().Select(sequence => sequence.Text.Replace("→", "", StringComparison.Ordinal))
        );

    private static EventSequencer Read(CaseKind kind, int idleMinutes, params Row[] rows)
    {
        var sequencer = new EventSequencer(
            new EventQuery(),
            new ActivityOptions
            {
                Model = ActivityModel.Tool,
                Case = kind,
                IdleMinutes = idleMinutes,
            }
        );
        foreach (var (number, row) in rows.Index())
            sequencer.Add(
                new HookEventRow
                {
                    SessionId = Encoding.UTF8.GetBytes(row.Session),
                    EventType = Encoding.UTF8.GetBytes(row.Type),
                    ToolName = Encoding.UTF8.GetBytes(row.Tool),
                    UtcTicks = s_start.AddSeconds(row.Second).Ticks,
                    InsertionId = number,
                    Payload = Encoding.UTF8.GetBytes(
                        System.Text.Json.JsonSerializer.Serialize(new { prompt_id = row.Prompt, tool_use_id = row.Id })
                    ),
                }
            );
        return sequencer;
    }

    private sealed record Row(string Type, string Tool, int Second, string? Prompt = null, string Session = "s", string? Id = null);
}
