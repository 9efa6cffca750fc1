using PatternAnalysis.Analysis;
using PatternAnalysis.Application;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Options;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

public abstract class RunHistoryTests(EventDatabase events) : IDisposable
{
    private static readonly DateTimeOffset s_monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    public void Dispose()
    {
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_run_says_what_is_new_and_what_is_gone_since_the_one_before()
    {
        AddDay(0, "Read", "Edit");
        AddDay(0, "Plan", "Build");
        AddDay(1, "Read", "Edit");
        AddDay(1, "Test", "Fix");

        var first = Analyze(0).Comparison!;
        Assert.Null(first.Previous);
        Assert.Equal(["Plan→Build", "Read→Edit"], first.New.Select(pattern => pattern.ToolSequence).Order());
        Assert.Empty(first.Gone);

        var second = Analyze(1).Comparison!;
        Assert.Equal(new TimeWindow(s_monday, s_monday.AddDays(1)), second.Previous!.Window);
        Assert.Equal(40, second.Previous.SessionCount);
        Assert.Equal(["Test→Fix"], second.New.Select(pattern => pattern.ToolSequence));
        Assert.Equal(["Plan→Build"], second.Gone.Select(pattern => pattern.ToolSequence));
    }

    [StoreFact]
    public void What_a_window_saw_begins_at_its_start_and_ends_before_its_end()
    {
        AddDay(0, "Read", "Edit");
        AddDay(1, "Plan", "Build");
        AddDay(2, "Test", "Fix");
        for (var day = 0; day < 3; day++)
            Analyze(day);

        Assert.Equal(["Plan→Build"], Seen(s_monday.AddDays(1), s_monday.AddDays(2)));
        Assert.Equal(["Plan→Build", "Test→Fix"], Seen(s_monday.AddDays(1), null));
        Assert.Equal(["Plan→Build", "Read→Edit"], Seen(null, s_monday.AddDays(2)));
        Assert.Empty(Seen(s_monday.AddDays(3), null));

        IEnumerable<string> Seen(DateTimeOffset? since, DateTimeOffset? until) =>
            events.Database.Runs.SeenIn(new TimeWindow(since, until)).Select(pattern => pattern.ToolSequence).Order();
    }

    [StoreTheory]
    [InlineData(0.2, 0.8)]
    [InlineData(0.2, 1.4)]
    [InlineData(0, 0.0001)]
    [InlineData(0.9999, 1)]
    public void Runs_that_go_on_where_the_last_one_ended_skip_nothing_also_within_a_second(double first, double second)
    {
        AddDay(0, "Read", "Edit");
        var day = s_monday.AddDays(1);
        DateTimeOffset[] ends = [day.AddSeconds(first), day.AddSeconds(second), day.AddSeconds(second + 0.05)];

        var window = new TimeWindow(s_monday, ends[0]);
        Analyze(window);
        foreach (var end in ends[1..])
        {
            window = CatchUpWindow.Of(events.Database.Runs.Last(10), end);
            Analyze(window);
            Assert.True(window.Since <= ends[Array.IndexOf(ends, end) - 1], $"{window} after {ends[Array.IndexOf(ends, end) - 1]:O}");
        }
    }

    [StoreFact]
    public void The_same_run_again_changes_nothing()
    {
        AddDay(0, "Read", "Edit");
        Analyze(0);
        var again = Analyze(0, dryRun: true).Comparison!;

        Assert.Empty(again.New);
        Assert.Empty(again.Gone);
        Assert.Single(again.Runs);
    }

    [StoreFact]
    public void Failed_runs_are_no_history()
    {
        AddDay(0, "Read", "Edit");
        events.Database.Approvals.SaveFailure(s_monday, new TimeWindow(s_monday, s_monday.AddDays(1)), "down");

        Assert.Null(Analyze(0).Comparison!.Previous);
        Assert.Single(events.Database.Runs.Last(10));
    }

    [StoreFact]
    public void Runs_of_every_kind_are_listed_newest_first_and_failed_ones_say_why()
    {
        AddDay(0, "Read", "Edit");
        events.Database.Runs.Record(new FinishedRun(RunKind.Import, s_monday) { SessionCount = 20, EventCount = 40 });
        Analyze(0);
        events.Database.Approvals.SaveFailure(s_monday, TimeWindow.Always, "down");
        events.Database.Runs.Record(new FinishedRun(RunKind.Import, s_monday).Failed(new IOException("no disk, password=hunter2hunter2")));

        var runs = events.Database.Runs.Find(new RunQuery());

        Assert.Equal([RunKind.Import, RunKind.Analysis, RunKind.Analysis, RunKind.Import], runs.Select(run => run.Kind));
        Assert.Equal([RunOutcome.Failed, RunOutcome.Failed, RunOutcome.Completed, RunOutcome.Completed], runs.Select(run => run.Outcome));
        Assert.StartsWith("no disk", runs[0].Error);
        Assert.DoesNotContain("hunter2", runs[0].Error);
        Assert.Equal("down", runs[1].Error);
        Assert.Equal((20, 40L), (runs[3].SessionCount, runs[3].EventCount));
        Assert.All(runs, run => Assert.True(run.FinishedAt >= run.StartedAt));
        Assert.Equal([runs[0]], events.Database.Runs.Find(new RunQuery { First = 1 }));
        Assert.Equal(runs.Take(2), events.Database.Runs.Find(new RunQuery { Outcome = RunOutcome.Failed }));
        Assert.Equal(runs.Skip(3), events.Database.Runs.Find(new RunQuery { Kind = [RunKind.Import], Outcome = RunOutcome.Completed }));
        Assert.Single(events.Database.Runs.Last(10));
    }

    [StoreFact]
    public void Only_an_analysis_that_ended_well_in_time_is_healthy()
    {
        AddDay(0, "Read", "Edit");
        Assert.Equal((false, null), Health("1h"));

        events.Database.Runs.Record(new FinishedRun(RunKind.Import, s_monday));
        events.Database.Approvals.SaveFailure(DateTimeOffset.UtcNow, TimeWindow.Always, "down");
        Assert.Equal((false, "down"), Health("1h"));

        Analyze(0, dryRun: true);
        Assert.Equal((false, "down"), Health("1h"));

        Analyze(0);
        Assert.Equal((true, null), Health("1h"));

        events.Execute("UPDATE pattern_runs SET finished_at = '2026-03-02 00:00:00'");
        Assert.Equal((false, null), Health("1h"));
        Assert.Equal((true, null), Health("99999d"));
    }

    [StoreFact]
    public void The_status_says_when_each_application_was_last_heard_of()
    {
        events.Execute("ALTER TABLE hook_events ADD COLUMN source_app TEXT");
        events.AddSession("a", s_monday, "Read", "Edit");
        events.Execute("UPDATE hook_events SET source_app = 'codex'");
        events.AddSession("b", s_monday.AddDays(1), "Read");

        var status = StatusQuery.Run(
            events.Database,
            new StatusOptions(),
            [
                new ScheduledAnalysis("Daily", [new TimeOnly(2, 0)], [], "Cron", "x"),
                new ScheduledAnalysis("Late", [new TimeOnly(3, 0)], [], "Cron", "x"),
            ]
        );

        Assert.Equal([new EventSource(null, 1, s_monday.AddDays(1)), new EventSource("codex", 2, s_monday.AddSeconds(1))], status.Sources);
        Assert.Null(status.LastRun);
        Assert.Equal(0, status.SpoolCount);
        Assert.InRange(status.NextRunAt!.Value - status.AskedAt, TimeSpan.Zero, TimeSpan.FromHours(26));
    }

    private (bool IsHealthy, string? Error) Health(string maxAge)
    {
        Assert.True(DurationText.TryParse(maxAge, out var age));
        var status = StatusQuery.Run(events.Database, new StatusOptions { MaxAge = age }, []);
        return (status.IsHealthy, status.LastFailure?.Error);
    }

    private void AddDay(int day, params string[] tools)
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"{string.Concat(tools)}-{day}-{i}", s_monday.AddDays(day).AddMinutes(10 * i), tools);
    }

    private AnalysisSummary Analyze(int day, bool dryRun = false) =>
        Analyze(new TimeWindow(s_monday.AddDays(day), s_monday.AddDays(day + 1)), dryRun);

    private AnalysisSummary Analyze(TimeWindow window, bool dryRun = false) =>
        new DailyAnalysis(events.Database.Events, events.Database.Approvals, events.Database.Runs).Run(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = window },
                DryRun = dryRun,
            }
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteRunHistoryTests() : RunHistoryTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresRunHistoryTests() : RunHistoryTests(new PostgresEvents());
