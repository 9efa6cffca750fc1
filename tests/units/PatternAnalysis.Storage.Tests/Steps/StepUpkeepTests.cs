using System.Text.Json;
using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Storage.Tests.Support;

namespace PatternAnalysis.Storage.Tests.Steps;

/// <summary>Derived steps stay true whatever is done to events, or say that they are not.</summary>
public abstract class StepUpkeepTests : IDisposable
{
    private static readonly DateTimeOffset s_noon = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);

    private readonly EventDatabase _events;
    private readonly EventDatabase _plain;

    private protected StepUpkeepTests(EventDatabase events, EventDatabase plain)
    {
        (_events, _plain) = (events, plain);
        AnyEvents.Generate(new Random(11), 800).AddTo(_events);
    }

    public void Dispose()
    {
        _events.Dispose();
        _plain.Dispose();
        GC.SuppressFinalize(this);
    }

    [StoreFact]
    public void Saved_runs_have_the_rows_of_runs_without_derived_steps()
    {
        AnyEvents.Generate(new Random(11), 800).AddTo(_plain);
        foreach (
            var activity in (ActivityOptions[])
                [
                    new() { MinimumRecurrence = 2 },
                    new() { Model = ActivityModel.Operation, Case = CaseKind.Prompt },
                    new() { Case = CaseKind.Idle, CollapseRuns = true },
                ]
        )
        {
            var options = new AnalysisOptions
            {
                Activity = activity,
                Mining = new MiningOptions { MinimumSessions = 2 },
            };
            _events.Database.Steps.Derive();

            var (derived, plain) = (_events.Analyze(options), _plain.Analyze(options));

            Assert.True(derived.PatternsFound > 0);
            Assert.Equal(plain.Excluded, derived.Excluded);
            Assert.Equal(Stored(_plain), Stored(_events));
            Assert.Equal(_plain.Rows("pattern_sightings", "pattern_worth"), _events.Rows("pattern_sightings", "pattern_worth"));
            AnyEvents.Generate(new Random(12), 100).AddTo(_events);
            AnyEvents.Generate(new Random(12), 100).AddTo(_plain);
        }
    }

    [StoreFact]
    public void The_check_says_what_somebody_did_to_events_and_steps()
    {
        var steps = _events.Database.Steps;
        Assert.Equal((0, 800), (steps.Check().DerivedCount, steps.Check().UnderivedCount));
        steps.Derive();
        Assert.Equal((800, 0, 0, true), Counts(steps.Check()));

        _events.Execute("UPDATE hook_events SET payload = '{\"tool_input\":{\"command\":\"make\"}}', tool_name = 'Bash' WHERE id = 300");
        var (missing, removed) = (FirstStepBehind(100), FirstStepBehind(500));
        _events.ChangeSteps(all => all.Where(step => step.Event != missing));
        _events.Execute($"DELETE FROM hook_events WHERE id = {removed}");

        var check = steps.Check();
        Assert.False(check.IsTrue);
        Assert.Equal((1, 1, 1), (check.MissingCount, check.ChangedCount, check.SurplusCount));
        AnyEvents.Generate(new Random(1), 5).AddTo(_events);
        Assert.Equal(5, steps.Check().UnderivedCount);

        steps.Build(again: true);
        Assert.Equal((804, 0, 0, true), Counts(steps.Check()));
    }

    [StoreFact]
    public void Changed_rules_derive_everything_anew_and_say_so()
    {
        var steps = _events.Database.Steps;
        steps.Derive();
        var other = DangerRuleSet.BuiltIn.With(
            """{ "rules": [{ "id": "test.npm", "category": "test", "level": "destructive", "programs": ["npm"], "why": "tests" }] }""",
            "test"
        );
        Assert.Equal(800, steps.Check(other).StaleCount);

        var derived = steps.Derive(other);

        Assert.Equal(800, derived.EventCount);
        Assert.Contains(DangerRuleSet.BuiltIn.Fingerprint, derived.OtherRules, StringComparison.Ordinal);
        Assert.Equal((800, 0, 0, true), Counts(steps.Check(other)));
        Assert.Null(steps.Derive(other).OtherRules);

        // Who knows of no other rules leaves them as they are.
        AnyEvents.Generate(new Random(1), 5).AddTo(_events);
        Assert.Equal(0, steps.Follow().EventCount);
        Assert.Equal(5, steps.Check(other).UnderivedCount);
    }

    [StoreFact]
    public void Deriving_that_is_stopped_goes_on_where_it_was()
    {
        var random = new Random(5);
        AnyEvents.Generate(random, 20_000).AddTo(_events);
        using var stop = new CancellationTokenSource();
        var progress = new StopAt<StepProgress>(stop);

        Assert.Throws<OperationCanceledException>(() => _events.Database.Steps.Derive(null, progress, stop.Token));

        var batch = _events.Database.Steps.Derivation.BatchCount;
        Assert.Equal((batch, 20_800L), (progress.Last.Done, progress.Last.Total));
        Assert.Equal(20_800 - batch, _events.Database.Steps.Derive().EventCount);
        Assert.Equal((20_800, 0, 0, true), Counts(_events.Database.Steps.Check()));
    }

    [StoreFact]
    public void Removing_old_events_removes_what_was_derived_of_them_and_no_more()
    {
        var steps = _events.Database.Steps;
        steps.Derive();

        var removed = _events.Database.Retention.Remove(s_noon);

        Assert.True(removed.RemovedCount > 100);
        Assert.DoesNotContain(_events.Steps(), step => step.UtcTicks < s_noon.UtcTicks);
        Assert.Equal(
            _events.Steps().Where(step => step.Facts != 0).Select(step => step.Facts).Distinct().Count(),
            _events.Scalar<int>("SELECT count(*) FROM pattern_step_facts")
        );
        Assert.True(steps.Check().IsTrue);
        steps.Derive();
        Assert.Equal((removed.KeptCount, 0, 0, true), Counts(steps.Check()));
    }

    [StoreFact]
    public void Masking_stored_events_removes_what_was_derived_of_their_secrets()
    {
        var steps = _events.Database.Steps;
        steps.Derive();

        Assert.True(_events.Database.Protection.Run().MaskedCount > 10);

        Assert.True(steps.Check().IsTrue);
        steps.Derive();
        Assert.Equal((800, 0, 0, true), Counts(steps.Check()));
    }

    [StoreFact]
    public void Masking_that_was_stopped_removes_what_was_derived_of_secrets_when_it_is_run_again()
    {
        _events.Execute("UPDATE hook_events SET payload = '{}' WHERE id > 500");
        _events.Database.Steps.Derive();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() =>
            _events.Database.Protection.Run(progress: new StopAt<ProtectionProgress>(stop), cancellationToken: stop.Token)
        );

        Assert.Equal(0, _events.Database.Protection.Run().MaskedCount);

        Assert.Equal(0, _events.Scalar<int>("SELECT count(*) FROM pattern_steps"));
        Assert.Equal(0, _events.Scalar<int>("SELECT count(*) FROM pattern_step_facts"));
    }

    [StoreFact]
    public void The_largest_and_the_smallest_number_are_numbers_like_others()
    {
        foreach (var id in (long[])[long.MaxValue, long.MinValue])
            _events.Execute(
                "INSERT INTO hook_events (id, session_id, event_type, tool_name, timestamp) "
                    + "VALUES (@id, 'edge', 'PreToolUse', 'Read', '2026-03-02 10:00:00')",
                new { id }
            );
        var steps = _events.Database.Steps;

        Assert.Equal(802, steps.Derive().EventCount);

        Assert.Equal(0, steps.Derive().EventCount);
        Assert.Equal((802, 0, 0, true), Counts(steps.Check()));
        Assert.Equal(2, Read().Single(sequence => sequence.SessionId == "edge").Steps.Length);
    }

    [StoreFact]
    public void Who_derives_while_the_check_runs_makes_it_find_nothing_wrong()
    {
        var steps = _events.Database.Steps;
        (steps.Derivation.BatchCount, steps.Derivation.BlockCount) = (100, 100);
        steps.Derive();
        using var open = _events.OpenForOthers();

        Assert.True(steps.Check(null, new OnReport(() => _events.Database.Steps.Remove())).IsTrue);

        Assert.Equal(0, steps.Check().DerivedCount);
    }

    [StoreFact]
    public void Steps_that_were_taken_away_are_not_derived_again_unasked()
    {
        var steps = _events.Database.Steps;
        steps.Derive();

        steps.Remove();

        Assert.Equal(0, steps.Derive().EventCount);
        Assert.Equal(0, steps.Follow().EventCount);
        Assert.Equal((0, 800, 0, true), Counts(steps.Check()));
        Assert.False(steps.Check().IsKept);
        Assert.All(
            (string[])["pattern_steps", "pattern_step_blocks", "pattern_step_sources", "pattern_step_facts", "pattern_step_verdicts"],
            table => Assert.Equal(0, _events.Scalar<int>($"SELECT count(*) FROM {table}"))
        );
        Assert.Equal(800, steps.Build().EventCount);
        Assert.True(steps.Check().IsKept);
    }

    private protected EventDatabase Events => _events;

    private long FirstStepBehind(long number) => _events.Steps().First(step => step.Event > number).Event;

    private protected static (long Derived, long Underived, long Stale, bool IsTrue) Counts(StepCheckResult check) =>
        (check.DerivedCount, check.UnderivedCount, check.StaleCount, check.IsTrue);

    private protected IReadOnlyList<ToolSequence> Read(Func<EventSequencer, IHookEventSink>? through = null)
    {
        var sequencer = new EventSequencer(new EventQuery());
        Events.Database.Events.Read(sequencer.StoreQuery, through?.Invoke(sequencer) ?? sequencer, CancellationToken.None);
        return [.. sequencer.Build().Sequences()];
    }

    private static string[] Stored(EventDatabase events) =>
        [
            .. events
                .Database.Approvals.Find(new ApprovalQuery())
                .Select(row => JsonSerializer.Serialize(row with { CreatedAt = null, UpdatedAt = null })),
        ];

    /// <summary>Does something each time that it is told how far something is.</summary>
    private sealed class OnReport(Action action) : IProgress<StepProgress>
    {
        public void Report(StepProgress value) => action();
    }

    /// <summary>Stops what reports how far it is.</summary>
    private protected sealed class StopAt<T>(CancellationTokenSource stop) : IProgress<T>
    {
        public T? Last { get; private set; }

        public void Report(T value)
        {
            Last = value;
            stop.Cancel();
        }
    }
}
