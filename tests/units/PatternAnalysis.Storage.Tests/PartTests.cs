using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What deciding on a routine decides of its parts.</summary>
public abstract class PartTests : IDisposable
{
    private readonly EventDatabase _events;

    protected PartTests(EventDatabase events)
    {
        _events = events.AddRoutines();
        Analyze();
    }

    public void Dispose()
    {
        _events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void The_parts_of_a_routine_are_listed()
    {
        var parts = Store.Find(new ApprovalQuery { PartOf = Row(RoutineEvents.Release).PatternId });

        Assert.Equal([RoutineEvents.Part], parts.Select(part => part.ToolSequence));
        Assert.Empty(Store.Find(new ApprovalQuery { PartOf = "none" }));
    }

    [StoreTheory]
    [InlineData(PatternStatus.Approved)]
    [InlineData(PatternStatus.Rejected)]
    public void A_decision_on_a_routine_is_one_on_its_parts_and_the_history_of_each_says_so(string status)
    {
        var whole = Row(RoutineEvents.Release);

        var (decided, parts) = Store.Decide(Decision(RoutineEvents.Release, status, "why not"));

        Assert.Equal((status, "why not"), (decided.Status, decided.ApprovalNotes));
        var part = Assert.Single(parts);
        Assert.Equal((RoutineEvents.Part, status, "ada"), (part.ToolSequence, part.Status, part.ReviewedBy));
        Assert.Equal((status, part.ApprovalNotes), (Row(RoutineEvents.Part).Status, Row(RoutineEvents.Part).ApprovalNotes));
        var entry = Assert.Single(Store.History(part.PatternId));
        Assert.Equal((status, $"With {whole.PatternId}, which it is part of: why not"), (entry.Action, entry.Notes));
        Assert.Equal(PatternStatus.Pending, Row(RoutineEvents.Check).Status);
    }

    [StoreFact]
    public void Parts_can_be_left_out_of_a_decision()
    {
        Assert.Empty(Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved) with { WithParts = false }).Parts);

        Assert.Equal(PatternStatus.Pending, Row(RoutineEvents.Part).Status);
    }

    [StoreFact]
    public void What_was_decided_with_a_routine_follows_when_somebody_thinks_better_of_it()
    {
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));
        var shown = ShownState.Of(Row(RoutineEvents.Release));

        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Rejected, "too early") with { Shown = shown });

        Assert.Equal(PatternStatus.Rejected, Row(RoutineEvents.Part).Status);
        Assert.Equal(2, Store.History(Row(RoutineEvents.Part).PatternId).Count);
    }

    [StoreFact]
    public void What_a_person_decided_by_itself_stays()
    {
        Store.Decide(Decision(RoutineEvents.Part, PatternStatus.Rejected, "mine"));

        Assert.Empty(Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved)).Parts);

        Assert.Equal((PatternStatus.Rejected, "mine"), (Row(RoutineEvents.Part).Status, Row(RoutineEvents.Part).ApprovalNotes));
    }

    [StoreFact]
    public void What_a_person_decided_anew_by_itself_no_longer_follows()
    {
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));
        Store.Decide(
            Decision(RoutineEvents.Part, PatternStatus.Rejected, "not this") with
            {
                Shown = ShownState.Of(Row(RoutineEvents.Part)),
            }
        );

        Store.Decide(
            Decision(RoutineEvents.Release, PatternStatus.Approved, "again") with
            {
                Shown = ShownState.Of(Row(RoutineEvents.Release)),
            }
        );

        Assert.Equal("not this", Row(RoutineEvents.Part).ApprovalNotes);
    }

    [StoreFact]
    public void A_destructive_part_is_never_approved_with_its_routine()
    {
        Assert.Equal(Row(RoutineEvents.Check).PatternId, Row(RoutineEvents.Destructive).PartOf);

        Assert.Empty(Store.Decide(Decision(RoutineEvents.Check, PatternStatus.Approved)).Parts);
        Assert.Equal(PatternStatus.AutoRejected, Row(RoutineEvents.Destructive).Status);

        // Whatever state another program gave it.
        _events.Execute("UPDATE pattern_approvals SET status = 'pending' WHERE status = 'auto-rejected'");
        var anew = Decision(RoutineEvents.Check, PatternStatus.Approved) with { Shown = ShownState.Of(Row(RoutineEvents.Check)) };
        Assert.Empty(Store.Decide(anew).Parts);
        Assert.Equal(PatternStatus.Pending, Row(RoutineEvents.Destructive).Status);
    }

    [StoreFact]
    public void What_was_decided_with_a_routine_goes_back_with_it()
    {
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));

        var (reset, parts) = Store.Reset(Row(RoutineEvents.Release).PatternId, "bob", "too early");

        Assert.Equal((PatternStatus.Pending, null), (reset.Status, reset.ReviewedBy));
        Assert.Equal((RoutineEvents.Part, PatternStatus.Pending), (Assert.Single(parts).ToolSequence, Row(RoutineEvents.Part).Status));
        Assert.Equal(
            $"reset from approved to pending with {reset.PatternId}, which it is part of: too early",
            Store.History(parts[0].PatternId)[0].Notes
        );
    }

    [StoreFact]
    public void What_was_decided_with_a_routine_goes_back_with_it_also_when_a_later_run_makes_it_part_of_none()
    {
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));
        _events.Execute("UPDATE pattern_worth SET part_of = NULL");

        var (_, parts) = Store.Reset(Row(RoutineEvents.Release).PatternId, "bob", null);

        Assert.Equal((RoutineEvents.Part, PatternStatus.Pending), (Assert.Single(parts).ToolSequence, Row(RoutineEvents.Part).Status));
    }

    [StoreFact]
    public void What_was_decided_by_itself_does_not_go_back_with_its_routine()
    {
        Store.Decide(Decision(RoutineEvents.Part, PatternStatus.Rejected, "mine"));
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));

        Assert.Empty(Store.Reset(Row(RoutineEvents.Release).PatternId, "bob", null).Parts);

        Assert.Equal(PatternStatus.Rejected, Row(RoutineEvents.Part).Status);
    }

    [StoreFact]
    public void A_run_changes_no_part_that_was_decided_with_its_routine()
    {
        Store.Decide(Decision(RoutineEvents.Release, PatternStatus.Approved));
        var before = _events.Rows("pattern_approvals", "pattern_baselines");

        Analyze();

        Assert.Equal(before, _events.Rows("pattern_approvals", "pattern_baselines"));
    }

    private IPatternApprovalStore Store => _events.Database.Approvals;

    private static ReviewDecision Decision(string steps, string status, string? notes = null) =>
        new(RepeatedPattern.IdOf(steps), status, "ada", notes ?? (status == PatternStatus.Rejected ? "no" : null));

    private PatternApproval Row(string steps) => Store.Describe(RepeatedPattern.IdOf(steps)).Approval;

    private void Analyze() =>
        _events.Analyze(
            new AnalysisOptions
            {
                Query = new EventQuery { Window = RoutineEvents.Window },
                Activity = new ActivityOptions { Model = ActivityModel.Adaptive },
            }
        );
}

/// <summary>The same on SQLite.</summary>
public sealed class SqlitePartTests() : PartTests(new SqliteEvents(SqliteEvents.OriginalSchema));

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresPartTests() : PartTests(new PostgresEvents(PostgresEvents.OriginalSchema));
