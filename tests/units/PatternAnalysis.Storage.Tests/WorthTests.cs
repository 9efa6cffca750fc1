using PatternAnalysis.Activities;
using PatternAnalysis.Analysis;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Notification;
using PatternAnalysis.Review;
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
            Assert.Equal(worth.WorthUsdPer30Days * worth.IntervalLow, row.WorthUsdPer30DaysLow);
            Assert.Equal(worth.WorthUsdPer30Days * worth.IntervalHigh, row.WorthUsdPer30DaysHigh);
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
                "INSERT INTO pattern_approvals"
                    + " (pattern_id, status, tool_sequence, confidence_score, occurrence_count, estimated_savings_usd)"
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
    public void What_holds_nothing_to_automate_waits_for_a_person_and_nobody_is_told()
    {
        // The policy would approve all that is safe.
        Analyze(
            policy: new ClassificationPolicy
            {
                ApproveOccurrences = 1,
                ApproveSavings = 0,
                ApproveConfidence = 0.5,
            }
        );

        Assert.Equal(PatternStatus.AutoApproved, Row(RoutineEvents.Release).Status);
        Assert.Equal(PatternStatus.Pending, Row(RoutineEvents.Thinking).Status);
        Assert.Contains("there is nothing in it to automate", Row(RoutineEvents.Thinking).PatternContext, StringComparison.Ordinal);
        var claim = _events.Database.Outbox.Claim("Log", [Row(RoutineEvents.Thinking).PatternId], TimeSpan.FromMinutes(1));
        Assert.Empty(claim.Patterns);
    }

    [StoreFact]
    public void A_policy_may_ask_for_worth()
    {
        var policy = new ClassificationPolicy
        {
            ApproveOccurrences = 1,
            ApproveSavings = 0,
            ApproveConfidence = 0.5,
            ApproveWorth = 6,
        };

        Analyze(policy: policy);

        Assert.Equal(PatternStatus.AutoApproved, Row(RoutineEvents.Release).Status);
        Assert.Equal(PatternStatus.Pending, Row(RoutineEvents.Check).Status);
        Assert.Contains("in 30 days is below $6.00", Row(RoutineEvents.Check).PatternContext, StringComparison.Ordinal);
    }

    [StoreFact]
    public void Reviewers_are_told_of_routines_first_with_what_they_are_worth_and_of_parts_under_them()
    {
        Analyze();
        var sink = new MemorySink();

        new ReviewerNotifier(_events.Database.Outbox, [sink]).Notify(Store.Find(new ApprovalQuery { SortBy = ApprovalOrder.Updated }));

        var notification = Assert.Single(sink.Sent);
        Assert.Equal([RoutineEvents.Release, RoutineEvents.Check], notification.Top.Select(told => told.Pattern.ToolSequence));
        Assert.Equal((3, 0), (notification.PatternCount, notification.RestCount));
        var text = NotificationMessage.Format(notification);
        Assert.Contains($"{WorthText.Describe(Row(RoutineEvents.Release))} 1 more pattern is part of it.", text, StringComparison.Ordinal);
        Assert.DoesNotContain(RoutineEvents.Thinking, text, StringComparison.Ordinal);
    }

    [StoreFact]
    public void The_dialogue_leads_with_worth_and_decides_on_parts_with_their_routine()
    {
        Analyze();
        var prompt = new Answers(["d", "a", "a script", "q"]);

        var outcome = new ReviewDialogue(Store, prompt, "ada").Run(Store.Find(new ApprovalQuery { Status = [PatternStatus.Pending] }));

        Assert.Equal([RoutineEvents.Release, RoutineEvents.Part], outcome.Decided.Select(decided => decided.ToolSequence));
        Assert.Equal(2, outcome.RemainingCount);
        Assert.Equal("1 of 3", prompt.Shown[1]);
        Assert.Equal(WorthText.Describe(Row(RoutineEvents.Release)), prompt.Shown[3]);
        Assert.Contains("Decided with it, as parts of it: 1", prompt.Shown);
        Assert.Contains("Step 1, as it stands in 100 % of the occurrences: npm ci", prompt.Shown);
        Assert.Contains("Recorded: approved, with 1 part of it.", prompt.Shown);
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

    private sealed class Answers(string[] answers) : IReviewPrompt
    {
        private int _next;

        public List<string> Shown { get; } = [];

        public void WriteLine(string text) => Shown.Add(text);

        public string? ReadLine(string question) => _next < answers.Length ? answers[_next++] : null;
    }

    private sealed class MemorySink : INotificationSink
    {
        public List<ReviewNotification> Sent { get; } = [];

        public string Name => "Log";

        public void Send(ReviewNotification notification, CancellationToken cancellationToken) => Sent.Add(notification);
    }

    private AnalysisSummary Analyze(TimeWindow? window = null, ClassificationPolicy? policy = null) =>
        _events.Analyze(
            new AnalysisOptions
            {
                Policy = policy ?? new ClassificationPolicy(),
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
