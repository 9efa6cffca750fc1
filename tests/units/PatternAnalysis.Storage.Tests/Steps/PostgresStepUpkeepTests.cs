using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

[Collection(PostgresTests.Name)]
public sealed class PostgresStepUpkeepTests()
    : StepUpkeepTests(new PostgresEvents(AnyEvents.PostgresSchema), new PostgresEvents(AnyEvents.PostgresSchema))
{
    [StoreFact]
    public void An_event_that_is_committed_late_under_a_lower_number_is_seen()
    {
        Events.Execute("DELETE FROM hook_events WHERE id = 400");
        Events.Database.Steps.Derive();
        Assert.Equal(799, Events.Database.Steps.Check().DerivedCount);

        Events.Execute(
            "INSERT INTO hook_events (id, session_id, event_type, tool_name, timestamp) "
                + "VALUES (400, 'late', 'PreToolUse', 'Read', '2026-03-02 10:00:00')"
        );

        Assert.Contains("late", Sessions());
        Events.Database.Steps.Derive();
        Assert.Contains("late", Sessions());
        Assert.Equal((800, 0, 0, true), Counts(Events.Database.Steps.Check()));
    }

    [StoreFact]
    public void An_event_that_is_gone_from_an_old_block_is_seen_by_who_derives()
    {
        var steps = Events.Database.Steps;
        (steps.Derivation.BatchCount, steps.Derivation.BlockCount) = (20, 20);
        steps.Derive();
        Events.Execute("DELETE FROM hook_events WHERE id = 5");

        Assert.Equal(19, steps.Derive().EventCount);

        Assert.Equal((799, 0, 0, true), Counts(steps.Check()));
    }

    private string[] Sessions() => [.. Read().Select(sequence => sequence.SessionId)];
}
