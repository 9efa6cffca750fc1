using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Tests.Support;
using PatternAnalysis.Workflows;

namespace PatternAnalysis.Storage.Tests;

/// <summary>A run leaves its options, a pattern knows its run, and what looks back does as that run did.</summary>
public abstract class RememberedRunTests(EventDatabase events) : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public void Dispose()
    {
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void A_pattern_that_was_found_without_some_activity_is_drafted()
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"s{i}", s_start.AddHours(i), "Read", "TodoWrite", "Edit");

        AssertDrafts("Read→Edit", new() { Activity = new ActivityOptions { ExcludeFilter = WildcardFilter.Of("Todo*") } });
    }

    [StoreFact]
    public void A_pattern_of_other_event_types_is_drafted()
    {
        for (var i = 0; i < 20; i++)
        {
            events.Add($"s{i}", "call", "Read", "2026-03-02 10:00:00");
            events.Add($"s{i}", "call", "Edit", "2026-03-02 10:00:01");
        }

        AssertDrafts("Read→Edit", new() { Query = new EventQuery { EventTypes = ["call"] } });
    }

    [StoreFact]
    public void A_pattern_of_parts_between_pauses_is_drafted()
    {
        for (var i = 0; i < 20; i++)
        {
            events.AddSession($"s{i}", s_start, "Read", "Edit");
            events.AddSession($"s{i}", s_start.AddMinutes(6), "Read", "Edit");
        }

        AssertDrafts(
            "Read→Edit",
            new()
            {
                Activity = new ActivityOptions { Case = CaseKind.Idle, IdleMinutes = 5 },
            }
        );
    }

    [StoreFact]
    public void A_pattern_keeps_the_run_that_its_evidence_comes_from()
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"s{i}", s_start.AddHours(i), "Read", "Edit");
        var first = events.Analyze(Always(new()));
        var id = Assert.Single(first.Patterns).PatternId;

        Assert.Equal(first.RunId, events.Database.Runs.FindRunOf(id)!.RunId);

        // The same look again says nothing new; more sessions do.
        Assert.Equal(1, events.Analyze(Always(new())).UnchangedPatterns);
        Assert.Equal(first.RunId, events.Database.Approvals.Describe(id).Evidence!.RunId);

        events.AddSession("later", s_start.AddDays(2), "Read", "Edit");
        var second = events.Analyze(Always(new() { Mining = new MiningOptions { MinimumSessions = 3 } }));
        var run = events.Database.Runs.FindRunOf(id)!;
        Assert.Equal(second.RunId, run.RunId);
        Assert.Equal(3, StoredOptions.Read<MiningOptions>(run.Options)!.MinimumSessions);
    }

    [StoreFact]
    public void A_pattern_that_no_run_is_known_of_gets_the_next_one_that_sees_it()
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"s{i}", s_start.AddHours(i), "Read", "Edit");
        var id = Assert.Single(events.Analyze(Always(new())).Patterns).PatternId;
        events.Execute("UPDATE pattern_evidence SET run_id = NULL");
        Assert.Null(events.Database.Runs.FindRunOf(id));

        var again = events.Analyze(Always(new()));

        Assert.Equal(1, again.UnchangedPatterns);
        Assert.Equal(again.RunId, events.Database.Runs.FindRunOf(id)!.RunId);
    }

    [StoreFact]
    public void More_patterns_than_are_read_at_once_are_all_known_again()
    {
        const int Patterns = 230;
        for (var i = 0; i < 2 * Patterns; i++)
            events.AddSession($"s{i}", s_start.AddMinutes(i), $"Tool{i / 2}", $"Next{i / 2}");

        Assert.Equal(Patterns, events.Analyze(Always(new())).NewPatterns);
        Assert.Equal(Patterns, events.Analyze(Always(new())).UnchangedPatterns);
    }

    [StoreFact]
    public void A_pipeline_leaves_what_it_was_asked_for_as_well()
    {
        for (var i = 0; i < 20; i++)
            events.AddSession($"s{i}", s_start.AddHours(i), "Read", "Edit");
        var activity = new ActivityOptions { Model = ActivityModel.Tool };
        var sequencer = new EventSequencer(new EventQuery(), activity);
        events.Database.Events.Read(sequencer.StoreQuery, sequencer, CancellationToken.None);
        var collector = new SequenceCollector();
        foreach (var sequence in sequencer.Build().Sequences())
            collector.Add(sequence);
        var measurer = new Metrics.PatternMeasurer(new());
        var classifier = new Classification.PatternClassifier(new());
        var patterns = PatternMiner
            .Mine(collector.Build(), new MiningOptions())
            .Select(pattern => classifier.Classify(measurer.Measure(pattern)))
            .ToArray();

        events.Database.Approvals.Save(CompletedRun.Of(DateTimeOffset.UtcNow, patterns), CancellationToken.None);

        var run = Assert.Single(events.Database.Runs.Last(1));
        Assert.Equal(ActivityModel.Tool, StoredOptions.Read<ActivityOptions>(run.Options)!.Model);
    }

    private void AssertDrafts(string sequence, AnalysisOptions options)
    {
        var pattern = Assert.Single(events.Analyze(Always(options)).Saved, saved => saved.Approval.ToolSequence == sequence).Approval;
        var approved = events.Database.Approvals.Decide(new ReviewDecision(pattern.PatternId, PatternStatus.Approved, "ada", null)).Pattern;

        var draft = new WorkflowDrafter(events.Database.Events, events.Database.Runs).Draft(approved);

        Assert.Equal(["Read", "Edit"], draft.Steps.Select(step => step.Activity));
    }

    private static AnalysisOptions Always(AnalysisOptions options) =>
        options with
        {
            Query = options.Query with { Window = TimeWindow.Always },
        };
}

/// <summary>On SQLite.</summary>
public sealed class SqliteRememberedRunTests() : RememberedRunTests(new SqliteEvents());

/// <summary>On PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresRememberedRunTests() : RememberedRunTests(new PostgresEvents());
