using System.Text;
using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Which events become steps, what they are called, in which order their sessions stand, and how the others are counted.</summary>
public class EventSequencerTests
{
    private static readonly DateTime s_start = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    // The command recurs in four sessions, in two of which the other application ran it.
    private static readonly Row[] s_applications =
    [
        new("a", 0, "make lint --fast", "web"),
        new("b", 1, "make lint --fast", "web"),
        new("b", 2, "git log", "other"),
        new("c", 3, "make lint --fast", "other"),
        new("d", 4, "make lint --fast", "other"),
        new("b", 5, "git status", "web"),
        new("c", 6, null, "other"),
        new("a", 7, null, "web"),
        new("", 8, "git log", "other"),
        new("", 9, "git log", "web"),
    ];

    [Theory]
    [InlineData(ActivityModel.Tool)]
    [InlineData(ActivityModel.Operation)]
    [InlineData(ActivityModel.Adaptive)]
    public void Only_what_an_application_did_becomes_steps_and_is_counted_under_the_names_that_all_events_give(ActivityModel model)
    {
        var all = Read(new EventQuery(), new ActivityOptions { Model = model }, s_applications);
        var web = Read(
            new EventQuery { SourceAppFilter = WildcardFilter.Of("WEB*") },
            new ActivityOptions { Model = model },
            s_applications
        );

        Assert.Equal(["a", "b", "c", "d"], all.Sequences().Select(sequence => sequence.SessionId));
        Assert.Equal(["a", "b"], web.Sequences().Select(sequence => sequence.SessionId));
        var (first, second) = (all.Sequences().First().Steps, all.Sequences().ElementAt(1).Steps);
        Assert.Equal([first, [second[0], second[2]]], web.Sequences().Select(sequence => sequence.Steps));
        if (model == ActivityModel.Adaptive)
            Assert.Equal("Bash(make lint --fast)", first[0]);
        Assert.Equal((10, 5), (all.Reading.EventCount, web.Reading.EventCount));
        Assert.Equal([("no_session", 2L), ("no_tool", 2L)], all.Reading.Excluded.Select(entry => (entry.Key, entry.Value)).Order());
        Assert.Equal([("no_session", 1L), ("no_tool", 1L)], web.Reading.Excluded.Select(entry => (entry.Key, entry.Value)).Order());
    }

    [Theory]
    [InlineData(ActivityModel.Tool)]
    [InlineData(ActivityModel.Adaptive)]
    public void Only_the_sessions_that_were_asked_for_are_there_under_the_names_that_all_sessions_give(ActivityModel model)
    {
        var all = Read(new EventQuery(), new ActivityOptions { Model = model }, s_applications);
        var some = Read(
            new EventQuery { SessionFilter = WildcardFilter.Of("B", "d") },
            new ActivityOptions { Model = model },
            s_applications
        );

        Assert.Equal(["b", "d"], some.Sequences().Select(sequence => sequence.SessionId));
        Assert.Equal(
            all.Sequences().Where(sequence => sequence.SessionId is "b" or "d").Select(sequence => sequence.Text),
            some.Sequences().Select(sequence => sequence.Text)
        );
        Assert.Equal(some.StepCount, some.Reading.EventCount - some.Reading.Excluded.Values.Sum());
        Assert.DoesNotContain("no_tool", some.Reading.Excluded.Keys);
    }

    [Fact]
    public void Events_outside_of_the_window_are_none_and_those_without_a_time_are_counted()
    {
        var query = new EventQuery { Window = new TimeWindow(s_start.AddSeconds(1), s_start.AddSeconds(3)) };

        var corpus = Read(
            query,
            new ActivityOptions(),
            new Row("a", 0, "git log"),
            new Row("a", 1, "git log"),
            new Row("a", 2, "git log"),
            new Row("a", 3, "git log"),
            new Row("a", null, "git log")
        );

        Assert.Equal((2, 3), (corpus.StepCount, corpus.Reading.EventCount));
        Assert.Equal([KeyValuePair.Create("unreadable_timestamp", 1L)], corpus.Reading.Excluded);
        Assert.Same(query.Window, corpus.Reading.Window);
    }

    [Fact]
    public void Sessions_stand_by_their_first_step_then_by_name_and_steps_by_time_then_as_they_were_stored()
    {
        var corpus = Read(
            new EventQuery(),
            new ActivityOptions { Model = ActivityModel.Operation },
            new Row("late", 50, "git log"),
            new Row("c", 9, "git log"),
            new Row("c", 7, "git show"),
            new Row("b", 7, "git tag"),
            new Row("b", 7, "git log"),
            new Row("B", 7, "git tag"),
            new Row("late", 3, "git diff")
        );

        Assert.Equal(
            ["late: Bash(git diff)→Bash(git log)", "B: Bash(git tag)", "b: Bash(git tag)→Bash(git log)", "c: Bash(git show)→Bash(git log)"],
            corpus.Sequences().Select(sequence => $"{sequence.SessionId}: {sequence.Text}")
        );
    }

    [Fact]
    public void What_is_bookkeeping_or_asked_to_be_left_out_is_no_step_and_is_counted()
    {
        Row[] rows = [new("a", 0, "git log"), new("a", 1, "TodoWrite!"), new("a", 2, "git status"), new("b", 3, "TodoWrite!")];

        var adaptive = Read(new EventQuery(), new ActivityOptions { ExcludeFilter = WildcardFilter.Of("*status*") }, rows);
        Assert.Equal("a", Assert.Single(adaptive.Sequences()).SessionId);
        Assert.Equal((1, 4), (adaptive.StepCount, adaptive.Reading.EventCount));
        Assert.Equal(
            [("bookkeeping", 2L), ("excluded_activity", 1L)],
            adaptive.Reading.Excluded.Select(entry => (entry.Key, entry.Value)).Order()
        );

        var tools = Read(
            new EventQuery(),
            new ActivityOptions { Model = ActivityModel.Tool, ExcludeFilter = WildcardFilter.Of("todo*") },
            rows
        );
        Assert.Equal("Bash→Bash", Assert.Single(tools.Sequences()).Text);
        Assert.Equal([KeyValuePair.Create("excluded_activity", 2L)], tools.Reading.Excluded);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Of_what_sessions_begin_by_reading_the_file_is_told_among_the_first_three_steps(int before, bool isTold)
    {
        var rows = new List<Row>();
        for (var session = 0; session < 4; session++)
        {
            for (var step = 0; step < before; step++)
                rows.Add(new Row($"s{session}", session * 100 + step, "git log"));
            rows.Add(new Row($"s{session}", session * 100 + 50, "Read!"));
        }

        var corpus = Read(new EventQuery(), new ActivityOptions(), [.. rows]);

        Assert.All(corpus.Sequences(), sequence => Assert.Equal(isTold, sequence.Steps[^1].Contains("notes", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_session_did_is_known_of_each_of_its_cases_and_of_a_run_its_first_step()
    {
        var corpus = Read(
            new EventQuery(),
            new ActivityOptions { Model = ActivityModel.Operation, CollapseRuns = true },
            new Row("a", 0, "git log -1"),
            new Row("a", 1, "git log -2"),
            new Row("a", 2, "git tag"),
            new Row("a", 3, "git log -3"),
            new Row("b", 4, "git log -4"),
            new Row("b", 5, "git log -4"),
            new Row("b", 6, "git log -4")
        );
        string Exact(int position) => corpus.Records!.Catalog[corpus.Records.FactsOf(position)].Exact!;

        Assert.Equal(
            ["Bash(git log)+→Bash(git tag)→Bash(git log)", "Bash(git log)+"],
            corpus.Sequences().Select(sequence => sequence.Text)
        );
        Assert.Equal(["git log -1", "git tag", "git log -3", "git log -4"], Enumerable.Range(0, 4).Select(Exact));
        Assert.Equal(
            [s_start.AddSeconds(3), s_start.AddSeconds(6)],
            corpus.Sequences().Select(sequence => sequence.LastSeen!.Value.UtcDateTime)
        );
        Assert.Equal([4, 3], corpus.Sequences().Select(sequence => sequence.EventCount));
    }

    private static SequenceCorpus Read(EventQuery query, ActivityOptions options, params Row[] rows)
    {
        var sequencer = new EventSequencer(query, options);
        foreach (var (number, row) in rows.Index())
        {
            var tool = row.Command?.EndsWith('!') == true ? row.Command[..^1] : "Bash";
            sequencer.Add(
                new HookEventRow
                {
                    SessionId = Encoding.UTF8.GetBytes(row.Session),
                    EventType = "PreToolUse"u8,
                    ToolName = Encoding.UTF8.GetBytes(row.Command is null ? "" : tool),
                    UtcTicks = row.Second is { } second ? s_start.AddSeconds(second).Ticks : null,
                    InsertionId = number,
                    SourceApp = Encoding.UTF8.GetBytes(row.Application),
                    Payload = JsonSerializer.SerializeToUtf8Bytes(
                        new { tool_input = tool == "Bash" ? (object)new { command = row.Command } : new { file_path = "docs/notes.md" } }
                    ),
                }
            );
        }

        return sequencer.Build();
    }

    // A command with an exclamation mark behind is another tool's name.
    private sealed record Row(string Session, int? Second, string? Command, string Application = "");
}
