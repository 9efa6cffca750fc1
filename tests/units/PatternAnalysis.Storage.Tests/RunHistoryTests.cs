using PatternAnalysis.Analysis;
using PatternAnalysis.Events;
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

    private void AddDay(int day, params string[] tools)
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"{string.Concat(tools)}-{day}-{i}", s_monday.AddDays(day).AddMinutes(10 * i), tools);
    }

    private AnalysisSummary Analyze(int day, bool dryRun = false) =>
        new DailyAnalysis(events.Database.Events, events.Database.Approvals, events.Database.Runs).Run(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = new TimeWindow(s_monday.AddDays(day), s_monday.AddDays(day + 1)) },
                DryRun = dryRun,
            }
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteRunHistoryTests() : RunHistoryTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresRunHistoryTests() : RunHistoryTests(new PostgresEvents());
