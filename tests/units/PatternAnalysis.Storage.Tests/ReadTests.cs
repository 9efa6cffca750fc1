using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What reading promises: the right events in the right order, clear errors, and no trace.</summary>
public abstract class ReadTests
{
    protected static readonly TimeWindow Day = new(
        new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero),
        new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero)
    );

    [StoreTheory]
    [InlineData("2026-03-01 23:59:59.999999", false)]
    [InlineData("2026-03-02 00:00:00", true)]
    [InlineData("2026-03-02 23:59:59.999999", true)]
    [InlineData("2026-03-03 00:00:00", false)]
    [InlineData("2026-03-03T01:00:00+02:00", true)]
    [InlineData("2026-03-02T01:00:00+02:00", false)]
    public void The_window_is_half_open_in_UTC(string timestamp, bool inside)
    {
        using var events = Create().Add("s", "tool_use", "Read", timestamp);

        Assert.Equal(inside ? 1 : 0, Read(events, Day).Count);
    }

    [StoreFact]
    public void The_two_passes_of_the_hour_that_the_clock_shows_twice_keep_the_order_of_insertion()
    {
        using var events = Create();
        foreach (
            var (tool, time) in new[] { ("A", "01:59"), ("B", "02:10"), ("C", "02:50"), ("D", "02:05"), ("E", "02:55"), ("F", "03:05") }
        )
            events.Add("s", "tool_use", tool, $"2026-10-25 {time}:00").Add("other", "tool_use", tool, $"2026-10-26 {time}:00");
        // A session of the second pass only can't be told from one of the first.
        events.Add("once", "tool_use", "D", "2026-10-25 02:05:00").Add("once", "tool_use", "E", "2026-10-25 02:55:00");
        events.Add("beside", "tool_use", "A", "2026-10-25 02:10:01").Add("beside", "tool_use", "B", "2026-10-25 02:10:00");
        var berlin = new DatabaseOptions { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") };
        var sequencer = new EventSequencer(new EventQuery());

        PatternDatabase
            .Open(events is PostgresEvents server ? server.Address : events.Database.Name, berlin)
            .Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);

        var sequences = sequencer.Build().Sequences().ToDictionary(sequence => sequence.SessionId);
        Assert.Equal("A→B→C→D→E→F", sequences["s"].Text);
        Assert.Equal(TimeSpan.FromMinutes(126), sequences["s"].LastSeen - sequences["s"].FirstSeen);
        Assert.Equal("A→D→B→C→E→F", sequences["other"].Text);
        Assert.Equal("D→E", sequences["once"].Text);
        Assert.Equal("B→A", sequences["beside"].Text);
    }

    [StoreFact]
    public void A_window_may_reach_to_both_ends_of_the_calendar()
    {
        using var events = Create().Add("s", "tool_use", "Read", "2026-03-02 10:00:00");

        Assert.Equal(1, Read(events, new TimeWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).Count);
        Assert.Equal(1, Read(events, new TimeWindow(Day.Since, DateTimeOffset.MaxValue)).Count);
        Assert.Equal(0, Read(events, new TimeWindow(DateTimeOffset.MinValue, Day.Since)).Count);
    }

    [StoreFact]
    public void What_cannot_be_used_is_counted_by_reason()
    {
        using var events = Create()
            .Add("s", "tool_use", "Read", "2026-03-02 10:00:00")
            .Add("s", "tool_use", "Edit", "the day before yesterday")
            .Add("s", "tool_use", "Edit", null)
            .Add("s", "tool_use", null, "2026-03-02 10:00:01")
            .Add("s", "tool_use", "", "2026-03-02 10:00:01")
            .Add(null, "tool_use", "Edit", "2026-03-02 10:00:02")
            .Add("s", "Notification", "Edit", "2026-03-02 10:00:03");

        var reading = Read(events, Day).Reading;

        Assert.Equal(6, reading.EventCount);
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["unreadable_timestamp"] = 2,
                ["no_tool"] = 2,
                ["no_session"] = 1,
            },
            reading.Excluded
        );
    }

    [StoreFact]
    public void Equal_times_keep_the_order_of_insertion()
    {
        using var events = Create();
        foreach (var tool in new[] { "Read", "Edit", "Write", "Bash", "Grep" })
            events.Add("s", "tool_use", tool, "2026-03-02 10:00:00");
        events.Add("s", "tool_use", "First", "2026-03-02 09:59:59.9");

        Assert.Equal("First→Read→Edit→Write→Bash→Grep", Assert.Single(Read(events, Day).Sequences()).Text);
    }

    [StoreFact]
    public void The_start_and_the_end_of_a_call_are_one_step()
    {
        using var events = CreateOriginal()
            .AddCall("s", "PreToolUse", "Bash", "2026-03-02 10:00:00", """{"tool_use_id":"a"}""")
            .AddCall("s", "PreToolUse", "Read", "2026-03-02 10:00:01", """{"tool_use_id":"b"}""")
            .AddCall("s", "PostToolUse", "Read", "2026-03-02 10:00:02", """{"tool_use_id":"b"}""")
            .AddCall(
                "s",
                "PostToolUse",
                "Bash",
                "2026-03-02 10:00:03",
                """{"tool_input":{"x":[1,{"tool_use_id":"b"}]},"tool_use_id":"a"}"""
            )
            .AddCall("s", "PostToolUse", "Edit", "2026-03-02 10:00:04", "{}")
            .AddCall("s", "PostToolUse", "Edit", "2026-03-02 10:00:05", "\"no object\"");

        var corpus = Read(events, Day, "PreToolUse", "PostToolUse");

        var sequence = Assert.Single(corpus.Sequences());
        Assert.Equal(("Bash→Read", 4), (sequence.Text, sequence.EventCount));
        Assert.Equal(new Dictionary<string, long> { ["same_call"] = 2, ["call_end_without_id"] = 2 }, corpus.Reading.Excluded);
        Assert.Equal("Read→Bash→Edit→Edit", Assert.Single(Read(events, Day, "PostToolUse").Sequences()).Text);
    }

    [StoreFact]
    public void Who_finds_no_session_is_told_why()
    {
        using var empty = Create();
        Assert.Contains("hook_events is empty", ExplainEmpty(empty));

        using var others = Create()
            .Add("s", "PostToolUse", "Read", "2026-03-02 10:00:00")
            .Add("s", "PostToolUse", "Edit", "2026-03-02 10:00:01")
            .Add("s", "Stop", null, "2026-03-02 10:00:02");
        Assert.Contains("there are PostToolUse (2), Stop (1)", ExplainEmpty(others));

        using var earlier = Create()
            .Add("s", "PreToolUse", "Read", "2026-03-01 10:00:00")
            .Add("s", "PreToolUse", "Read", "2026-03-01 12:30:00");
        Assert.Contains("of 2026-03-01 12:30Z, outside of the window", ExplainEmpty(earlier));

        using var useless = Create().Add("s", "PreToolUse", null, "2026-03-02 10:00:00");
        Assert.Contains("could be used: 1 left out, the event names no tool", ExplainEmpty(useless));
    }

    protected abstract EventDatabase Create();

    protected abstract EventDatabase CreateOriginal();

    private static string ExplainEmpty(EventDatabase events) =>
        events.Database.ExplainEmpty(new EventQuery { Window = Day }, Read(events, Day).Reading);

    protected static PatternAnalysisException ErrorOf(string path)
    {
        var sequencer = new EventSequencer(new EventQuery());
        return Assert.Throws<PatternAnalysisException>(() =>
            PatternDatabase.Open(path).Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None)
        );
    }

    protected static SequenceCorpus Read(EventDatabase events, TimeWindow window, params string[] eventTypes)
    {
        var sequencer = new EventSequencer(
            new EventQuery { Window = window, EventTypes = eventTypes.Length > 0 ? eventTypes : EventQuery.DefaultEventTypes }
        );
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        return sequencer.Build();
    }
}
