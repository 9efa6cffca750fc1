using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What the store knows of what patterns are worth, and the order that follows from it.</summary>
public abstract class WorthTests : IDisposable
{
    private readonly EventDatabase _events;

    protected WorthTests(EventDatabase events) => _events = events.AddRoutines();

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_row_holds_what_the_run_said_of_it()
    {
        var summary = Analyze();

        foreach (var pattern in summary.Patterns)
        {
            var (row, worth) = (Row(pattern.ToolSequence), pattern.Worth!);
            Assert.Equal((worth.Kind, worth.Rank, worth.PartOf), (row.Kind, row.Rank!.Value, row.PartOf));
            Assert.Equal((worth.SavedTurns, worth.HitShare, worth.WorthUsd), (row.SavedTurns, row.HitShare, row.WorthUsd));
            Assert.Equal((worth.WorthUsdPer30Days, worth.IsAssumed), (row.WorthUsdPer30Days, row.IsWorthAssumed));
            Assert.Equal(worth.SavedWait, row.SavedWait);
            Assert.Equal(pattern.Danger.Level, row.DangerLevel);
            var saved = summary.Saved.Single(saved => saved.Approval.PatternId == row.PatternId).Approval;
            Assert.Equal((row.Rank, row.WorthUsd, row.DangerLevel), (saved.Rank, saved.WorthUsd, saved.DangerLevel));
        }
    }

    [StoreFact]
    public void The_routines_are_of_the_kinds_that_they_are()
    {
        Analyze();

        Assert.Equal((WorthKind.Script, 1, null), Place(RoutineEvents.Release));
        Assert.Equal((WorthKind.Script, 2, null), Place(RoutineEvents.Check));
        Assert.Equal((WorthKind.None, 3, null), Place(RoutineEvents.Thinking));
        Assert.Equal((WorthKind.Script, 4, Row(RoutineEvents.Release).PatternId), Place(RoutineEvents.Part));
        Assert.Equal(DangerLevel.Destructive, Row(RoutineEvents.Destructive).DangerLevel);
        Assert.Equal(60, Row(RoutineEvents.Release).SavedTurns);
    }

    [StoreFact]
    public void The_steps_of_a_pattern_say_what_stays_and_what_varies()
    {
        Analyze();

        var steps = Store.Describe(Row(RoutineEvents.Release).PatternId).Steps;

        Assert.Equal([StepClass.Constant, StepClass.Constant, StepClass.Constant, StepClass.Parameter], steps.Select(step => step.Class));
        Assert.Equal(("Bash(npm ci)", "npm ci", 1), (steps[0].Activity, steps[0].Template, steps[0].Share));
        Assert.Equal("git tag <name>", steps[3].Template);
        Assert.Contains("git tag v0", steps[3].Examples);
    }

    [StoreFact]
    public void Patterns_stand_in_the_order_of_their_worth_and_rejected_ones_behind_all_others()
    {
        Analyze();

        string[] order =
        [
            RoutineEvents.Release,
            RoutineEvents.Check,
            RoutineEvents.Thinking,
            RoutineEvents.Part,
            RoutineEvents.Destructive,
        ];
        var found = Store.Find(new ApprovalQuery());
        Assert.Equal(order, found.Select(row => row.ToolSequence));
        Assert.Equal(order, ApprovalSort.ByWorth(found.Reverse()).Select(row => row.ToolSequence));
    }

    [StoreFact]
    public void The_old_order_can_be_asked_for()
    {
        Analyze();

        var found = Store.Find(new ApprovalQuery { SortBy = ApprovalOrder.Impact });

        Assert.Equal(found.OrderByDescending(row => row.Impact).Select(row => row.PatternId), found.Select(row => row.PatternId));
        Assert.NotEqual(Store.Find(new ApprovalQuery()), found);
    }

    [StoreFact]
    public void A_second_run_writes_nothing_of_it_anew()
    {
        Analyze();
        var before = _events.Rows("pattern_worth", "pattern_approvals");

        Assert.Equal(5, Analyze().UnchangedPatterns);

        Assert.Equal(before, _events.Rows("pattern_worth", "pattern_approvals"));
    }

    [StoreFact]
    public void Another_place_among_the_others_is_no_change_of_the_pattern()
    {
        Analyze();
        var before = Row(RoutineEvents.Thinking);
        _events.Execute("UPDATE pattern_worth SET rank = 77 WHERE kind = 'None'");

        Analyze();

        Assert.Equal((3, before.UpdatedAt), (Row(RoutineEvents.Thinking).Rank, Row(RoutineEvents.Thinking).UpdatedAt));
    }

    [StoreFact]
    public void A_look_at_a_short_time_alone_does_not_say_what_a_month_is_worth()
    {
        Analyze();
        var before = Row(RoutineEvents.Release);

        Analyze(new TimeWindow(RoutineEvents.Window.Since, RoutineEvents.Window.Since!.Value.AddDays(4)));

        Assert.Equal((before.Rank, before.WorthUsd), (Row(RoutineEvents.Release).Rank, Row(RoutineEvents.Release).WorthUsd));
    }

    [StoreFact]
    public void Rows_that_no_run_appraised_stand_behind_by_impact()
    {
        Analyze();
        foreach (var (id, savings) in new[] { ("old-1", 10), ("old-2", 1e6) })
        {
            _events.Execute(
                "INSERT INTO pattern_approvals (pattern_id, status, tool_sequence, confidence_score, occurrence_count, estimated_savings_usd)"
                    + " VALUES (@id, 'pending', 'A→B', 1, 10, @savings)",
                new { id, savings }
            );
        }

        var found = Store.Find(new ApprovalQuery { Status = [PatternStatus.Pending] });

        Assert.Equal(["old-2", "old-1"], found.TakeLast(2).Select(row => row.PatternId));
        Assert.Equal(found, ApprovalSort.ByWorth(found.Reverse()));
        Assert.All(
            found.TakeLast(2),
            row => Assert.Equal((WorthKind.NotAssessed, null, null, null), (row.Kind, row.Rank, row.WorthUsd, row.DangerLevel))
        );
        Assert.Empty(Store.Describe("old-1").Steps);
    }

    [StoreFact]
    public void What_something_else_wrote_in_the_table_is_no_reason_to_fail()
    {
        Analyze();
        _events.Execute("UPDATE pattern_worth SET kind = 'Miracle', steps = 'no json'");

        Assert.All(Store.Find(new ApprovalQuery()), row => Assert.Equal((WorthKind.NotAssessed, null), (row.Kind, row.Rank)));
        Assert.Empty(Store.Describe(Row(RoutineEvents.Release).PatternId).Steps);
    }

    private IPatternApprovalStore Store => _events.Database.Approvals;

    private PatternApproval Row(string steps) => Assert.Single(Store.Find(new ApprovalQuery { PatternId = [RepeatedPattern.IdOf(steps)] }));

    private (WorthKind Kind, int? Rank, string? PartOf) Place(string steps) =>
        Row(steps) is var row ? (row.Kind, row.Rank, row.PartOf) : default;

    private AnalysisSummary Analyze(TimeWindow? window = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = window ?? RoutineEvents.Window },
                Activity = new ActivityOptions { Model = ActivityModel.Adaptive },
            }
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteWorthTests() : WorthTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresWorthTests() : WorthTests(new PostgresEvents(PostgresEvents.OriginalSchema));
