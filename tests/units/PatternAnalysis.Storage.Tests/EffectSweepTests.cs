using System.Text.Json;
using PatternAnalysis.Application;
using PatternAnalysis.Approvals;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests;

/// <summary>What runs promise to find out of what people approved.</summary>
public abstract class EffectSweepTests(EventDatabase events) : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly List<string> _told = [];

    public void Dispose()
    {
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void What_became_of_an_approved_pattern_is_measured_and_kept()
    {
        AddDays("Edit", "Make", "Look");
        Approve("Make");

        Sweep();
        Sweep();

        var kept = Assert.Single(events.Database.Effects.Find());
        Assert.Equal(["Make"], kept.Adopted);
        Assert.NotNull(kept.MeasuredAt);
        var effect = JsonDocument.Parse(kept.Effect!).RootElement;
        Assert.Equal("Shrank", effect.GetProperty("verdict_id").GetString());
        Assert.InRange(effect.GetProperty("rate_ratio").GetDouble(), 0, 0.1);
        Assert.Equal((20, 0), (effect.GetProperty("before").GetProperty("sessions").GetInt32(), Count(effect, "after")));
        Assert.Equal(20, Count(effect.GetProperty("adopted"), "after"));
        Assert.NotEqual(0, effect.GetProperty("controls").GetArrayLength());
        Assert.Empty(_told);
        Assert.Equal(
            [RunKind.Effect, RunKind.Effect],
            events.Database.Runs.Find(new RunQuery { Kind = [RunKind.Effect], Outcome = RunOutcome.Completed }).Select(run => run.Kind)
        );
    }

    [StoreFact]
    public void A_pattern_that_has_not_shrunk_after_30_days_is_told_of_once()
    {
        AddDays("Edit", "Format", "Test", "Look");
        var id = Approve("Make");

        Sweep();
        Sweep();

        Assert.StartsWith($"Pattern {id} was approved on 2026-03-22 and has not shrunk since: ", Assert.Single(_told));
        Assert.NotNull(Assert.Single(events.Database.Effects.Find()).ToldAt);
    }

    [StoreFact]
    public void Patterns_that_nobody_said_anything_of_are_not_measured()
    {
        AddDays("Edit", "Make", "Look");
        Approve();

        Sweep();

        Assert.Empty(events.Database.Effects.Find());
        Assert.Empty(events.Database.Runs.Find(new RunQuery { Kind = [RunKind.Effect] }));
    }

    [StoreFact]
    public void What_was_shown_once_stays_when_the_events_that_showed_it_are_gone()
    {
        AddDays("Edit", "Make", "Look");
        var id = Approve("Make");
        Sweep();

        events.Execute("DELETE FROM hook_events WHERE session_id <> 's0'");
        Sweep();

        Assert.Equal("Shrank", Verdict());

        // But it says nothing of another decision.
        events.Execute($"UPDATE pattern_approvals SET reviewed_at = '2026-03-23 00:00:00' WHERE pattern_id = '{id}'");
        Sweep();
        Assert.Equal("TooEarly", Verdict());
    }

    [StoreTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_approval_that_is_taken_back_takes_with_it_what_was_adopted(bool isReset)
    {
        AddDays("Edit", "Make", "Look");
        var id = Approve("Make");
        var store = events.Database.Approvals;
        if (isReset)
            store.Reset(id, "ada", null);
        else
            store.Decide(new ReviewDecision(id, PatternStatus.Rejected, "ada", "no use") { Shown = Shown(id) });
        store.Decide(new ReviewDecision(id, PatternStatus.Approved, "ada", null) { Shown = Shown(id) });

        Assert.Empty(events.Database.Effects.Find());
    }

    [StoreFact]
    public void A_table_that_does_not_say_when_people_approved_is_passed_over()
    {
        AddDays("Edit", "Make", "Look");
        events.Execute("CREATE TABLE pattern_approvals (pattern_id TEXT UNIQUE, status TEXT, tool_sequence TEXT)");
        events.Analyze(new() { Query = new() { Window = TimeWindow.Always } });
        events.Execute("INSERT INTO pattern_approvals VALUES ('x', 'approved', 'A→B')");
        events.Execute("INSERT INTO pattern_effects (pattern_id, adopted) VALUES ('x', 'no list')");

        Sweep();

        var kept = Assert.Single(events.Database.Effects.Find());
        Assert.Equal(("x", null, null), (kept.PatternId, kept.ApprovedAt, kept.MeasuredAt));
        Assert.Empty(kept.Adopted);
    }

    private string? Verdict() =>
        JsonDocument.Parse(Assert.Single(events.Database.Effects.Find()).Effect!).RootElement.GetProperty("verdict_id").GetString();

    private ShownState Shown(string id) =>
        ShownState.Of(Assert.Single(events.Database.Approvals.Find(new ApprovalQuery { PatternId = [id] })));

    private void Sweep() => EffectSweep.Run(events.Database, _told.Add, CancellationToken.None);

    private static int Count(JsonElement ratio, string side) => ratio.GetProperty(side).GetProperty("count").GetInt32();

    // Twenty days by hand, then twenty days as said; what is asked on every other day has nothing to do with it.
    private void AddDays(params string[] after)
    {
        for (var day = 0; day < 40; day++)
        {
            string[] steps = day < 20 ? ["Edit", "Format", "Test", "Look"] : after;
            events.AddSession($"s{day}", s_start.AddDays(day), day % 2 == 0 ? ["Ask", .. steps] : steps);
        }
    }

    private string Approve(params string[] adopted)
    {
        events.Analyze(new() { Query = new() { Window = TimeWindow.Always } });
        var pattern = events.Database.Approvals.Find(new ApprovalQuery()).First(row => row.ToolSequence.Contains("Format→Test"));
        events.Database.Approvals.Decide(
            new ReviewDecision(pattern.PatternId, PatternStatus.Approved, "ada", null) { AdoptedAs = adopted }
        );
        events.Execute("UPDATE pattern_approvals SET reviewed_at = '2026-03-22 00:00:00' WHERE status = 'approved'");
        return pattern.PatternId;
    }
}

/// <summary>The same on SQLite.</summary>
public sealed class SqliteEffectSweepTests() : EffectSweepTests(new SqliteEvents());

/// <summary>The same on PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresEffectSweepTests() : EffectSweepTests(new PostgresEvents());
