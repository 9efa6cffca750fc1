using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Approvals;

/// <summary>What a run changes in what is stored: nothing twice, nothing that a person decided.</summary>
public sealed class SavePlannerTests
{
    private const string Steps = "Read→Edit";
    private static readonly EvidenceHorizon s_horizon = new(0, 100, IsRegular: true);

    [Fact]
    public void A_new_pattern_gets_a_row_with_its_numbers_its_reasons_and_ten_of_its_sessions()
    {
        var pattern = Found(Calls(12));

        var change = SavePlanner.Plan(pattern, stored: null, s_horizon);

        Assert.Equal(PatternChangeKind.New, change.Kind);
        Assert.Null(change.PreviousStatus);
        Assert.Null(change.Baseline);
        Assert.Equal(
            (pattern.PatternId, pattern.Status, Steps, 12, pattern.ConfidenceScore, pattern.EstimatedSavings),
            (
                change.Row.PatternId,
                change.Row.Status,
                change.Row.ToolSequence,
                (int)change.Row.OccurrenceCount,
                change.Row.ConfidenceScore,
                change.Row.EstimatedSavings
            )
        );
        Assert.Equal(Enumerable.Range(10, 10).Select(number => $"s{number}"), change.Row.ExampleSessions);
        Assert.StartsWith("Seen 12 times in 12 sessions. Confidence ", change.Row.PatternContext, StringComparison.Ordinal);
        Assert.Contains("(SelfSufficiency): 12 occurrences in 12 of 12 sessions, ", change.Row.PatternContext, StringComparison.Ordinal);
        Assert.EndsWith(
            $" patterns tested. By policy {pattern.Status}: {string.Join("; ", pattern.Reasons)}.",
            change.Row.PatternContext,
            StringComparison.Ordinal
        );
        Assert.Equal((12, 12, 12L), (change.Evidence.SessionCount, change.Evidence.TotalSessions, change.Evidence.OccurrenceCount));
        Assert.Equal(12, change.Sightings.Count);
        Assert.Same(pattern.Worth, change.Worth);
    }

    [Fact]
    public void The_same_run_again_changes_nothing()
    {
        var first = SavePlanner.Plan(Found(Calls(12)), null, s_horizon);

        var again = SavePlanner.Plan(Found(Calls(12)), Stored(first), s_horizon);

        Assert.Equal(PatternChangeKind.Unchanged, again.Kind);
        Assert.Empty(again.Sightings);
        Assert.Equal(first.Row.OccurrenceCount, again.Row.OccurrenceCount);
        Assert.Null(again.Worth);
    }

    [Fact]
    public void A_run_that_sees_more_of_a_session_counts_what_it_had_not_seen_and_no_more()
    {
        var first = SavePlanner.Plan(Found(Calls(12)), null, s_horizon);
        var more = Calls(12);
        more.Tool("s10", "Grep").Tool("s10", "Read").Tool("s10", "Edit");

        var second = SavePlanner.Plan(Found(more), Stored(first), s_horizon);

        Assert.Equal(PatternChangeKind.Updated, second.Kind);
        Assert.Equal((13L, "s10"), (second.Row.OccurrenceCount, second.Row.ExampleSessions[0]));
        Assert.Equal(["s10"], second.Sightings.Keys);
        Assert.Equal(first.Row.EstimatedSavings / 12 * 13, second.Row.EstimatedSavings, 2);
    }

    [Fact]
    public void Sessions_of_earlier_runs_go_on_counting()
    {
        var first = SavePlanner.Plan(Found(Calls(12)), null, s_horizon);

        var later = SavePlanner.Plan(Found(Calls(5, from: 50)), Stored(first), s_horizon with { Since = 100, Until = 200 });

        Assert.Equal(17, later.Row.OccurrenceCount);
        Assert.Equal(5, later.Evidence.OccurrenceCount);
        Assert.StartsWith("Seen 17 times in 17 sessions. Confidence ", later.Row.PatternContext, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_decided_stays_and_what_the_policy_would_say_is_kept_beside_it()
    {
        var pattern = Found(Calls(12));
        var first = SavePlanner.Plan(pattern, null, s_horizon);
        var approved = Stored(first) with { Row = first.Row with { Status = PatternStatus.Approved } };

        var after = SavePlanner.Plan(pattern, approved, s_horizon);

        Assert.Equal((PatternStatus.Approved, null, null), (after.Row.Status, after.PreviousStatus, after.Flag));
        Assert.Equal(new ReviewBaseline(pattern.Status, DangerLevel.Safe, 12), after.Baseline);
        Assert.Equal(PatternChangeKind.Updated, after.Kind);

        var again = SavePlanner.Plan(pattern, approved with { Row = after.Row, Baseline = after.Baseline }, s_horizon);
        Assert.Equal((PatternChangeKind.Unchanged, null), (again.Kind, again.Baseline));
    }

    [Fact]
    public void A_decided_pattern_that_is_seen_much_more_often_is_flagged_and_measured_from_there_on()
    {
        var first = SavePlanner.Plan(Found(Calls(10)), null, s_horizon);
        var decided = Stored(first) with
        {
            Row = first.Row with { Status = PatternStatus.Rejected },
            Baseline = new ReviewBaseline(first.Row.Status, DangerLevel.Safe, 10),
        };

        var more = SavePlanner.Plan(Found(Calls(20)), decided, s_horizon);

        Assert.Contains("seen 10 → 20 times", more.Flag, StringComparison.Ordinal);
        Assert.Equal(20, more.Baseline!.OccurrenceCount);
        Assert.Equal(PatternStatus.Rejected, more.Row.Status);
    }

    [Fact]
    public void An_automatic_state_is_decided_anew_and_the_one_before_is_named()
    {
        var pattern = Found(Calls(12));
        var first = SavePlanner.Plan(pattern, null, s_horizon);
        var before = Stored(first) with { Row = first.Row with { Status = PatternStatus.AutoApproved } };

        var after = SavePlanner.Plan(pattern, before, s_horizon);

        Assert.Equal((pattern.Status, PatternStatus.AutoApproved), (after.Row.Status, after.PreviousStatus));
        Assert.Equal(PatternChangeKind.Updated, after.Kind);
    }

    [Fact]
    public void The_worst_that_was_ever_seen_decides_as_long_as_its_rule_is_in_force()
    {
        var harmless = Branches("git branch", "git branch", "git branch");
        var dangerous = Branches("git branch", "git branch -D old", "git branch");
        var first = SavePlanner.Plan(Found(dangerous, "Bash(git branch)→Bash(git log)"), null, s_horizon);
        Assert.Equal(PatternStatus.AutoRejected, first.Row.Status);

        var later = SavePlanner.Plan(Found(harmless, "Bash(git branch)→Bash(git log)"), Stored(first), s_horizon);
        Assert.Equal((DangerLevel.Destructive, PatternStatus.AutoRejected), (later.Evidence.Danger.Level, later.Row.Status));
        Assert.Equal("git branch -D old", Assert.Single(later.Evidence.WorstOccurrences).Command);

        var gone = Stored(first) with
        {
            Evidence = first.Evidence with { Danger = first.Evidence.Danger with { RuleId = "a rule of yesterday", Category = "own" } },
        };
        Assert.Equal(
            DangerLevel.Safe,
            SavePlanner.Plan(Found(harmless, "Bash(git branch)→Bash(git log)"), gone, s_horizon).Evidence.Danger.Level
        );
    }

    [Fact]
    public void What_nobody_knew_is_forgotten_by_a_run_that_judges_all_of_it_anew_and_by_no_other()
    {
        var harmless = Branches("git branch", "git branch", "git branch");
        var first = SavePlanner.Plan(
            Found(Branches("git branch", "git branch $(whatever)", "git branch"), "Bash(git branch)→Bash(git log)"),
            null,
            s_horizon
        );
        Assert.Equal(DangerLevel.Unknown, first.Evidence.Danger.Level);

        var pattern = Found(harmless, "Bash(git branch)→Bash(git log)");
        var elsewhere = new Dictionary<string, PatternSighting>(first.Sightings) { ["another"] = new(1, 1, 2) };

        Assert.Equal(DangerLevel.Safe, SavePlanner.Plan(pattern, Stored(first), s_horizon).Evidence.Danger.Level);
        Assert.Equal(
            DangerLevel.Unknown,
            SavePlanner.Plan(pattern, Stored(first) with { Sightings = elsewhere }, s_horizon).Evidence.Danger.Level
        );
    }

    [Theory]
    [InlineData(10, 20, true)]
    [InlineData(10, 19, false)]
    [InlineData(5, 14, false)]
    [InlineData(5, 15, true)]
    [InlineData(20, 30, false)]
    public void Twice_as_often_and_ten_times_more_is_news(long then, long now, bool isNews) =>
        Assert.Equal(
            isNews ? $"seen {then} → {now} times" : null,
            MaterialChange.Describe(
                new ReviewBaseline("pending", DangerLevel.Safe, then),
                new ReviewBaseline("pending", DangerLevel.Safe, now),
                DangerVerdict.Safe
            )
        );

    [Fact]
    public void All_that_changed_since_a_decision_is_said()
    {
        var then = new ReviewBaseline("pending", DangerLevel.Safe, 1000);

        Assert.Equal(
            "danger Safe → Destructive (it does something [own.rule]: the segment); by policy pending → auto-rejected; "
                + "seen 1,000 → 2,000 times",
            MaterialChange.Describe(
                then,
                new ReviewBaseline("auto-rejected", DangerLevel.Destructive, 2000),
                new DangerVerdict(DangerLevel.Destructive, "own.rule", "own", "it does something", "the segment")
            )
        );
        Assert.Equal(
            "danger Safe → Unknown",
            MaterialChange.Describe(
                then,
                then with
                {
                    DangerLevel = DangerLevel.Unknown,
                },
                new DangerVerdict(DangerLevel.Unknown, null, null, null, null)
            )
        );
        Assert.Null(MaterialChange.Describe(then, then, DangerVerdict.Safe));
    }

    [Fact]
    public void A_look_that_covers_another_takes_its_place_and_times_are_worth_more_than_none()
    {
        var part = new PatternSighting(3, 10, 20);

        Assert.True(new PatternSighting(1, 10, 20).Covers(part));
        Assert.True(new PatternSighting(1, 9, 21).Covers(part));
        Assert.False(new PatternSighting(1, 11, 20).Covers(part));
        Assert.False(new PatternSighting(1, 10, 19).Covers(part));
        Assert.True(part.Covers(new PatternSighting(9, 0, 0)));
        Assert.False(new PatternSighting(9, 0, 0).Covers(part));
        Assert.True(new PatternSighting(1, 0, 0).Covers(new PatternSighting(9, 0, 0)));
    }

    [Fact]
    public void Looks_that_overlap_are_joined_and_count_the_common_part_once()
    {
        var calls = new RecordedCalls();
        for (var turn = 0; turn < 3; turn++)
            calls.Tool("a", "Read").Tool("a", "Edit").Tool("a", "Grep");
        calls.Tool("b", "Read").Tool("b", "Edit");
        var pattern = Found(calls);
        var whole = SightingMerge.Changes(pattern, new Dictionary<string, PatternSighting>())["a"];
        var stored = new PatternSighting(7, whole.ObservedFrom - 1000, whole.ObservedFrom + 4 * TimeSpan.TicksPerSecond);

        var joined = SightingMerge.Changes(pattern, new Dictionary<string, PatternSighting> { ["a"] = stored });

        Assert.Equal(3, whole.OccurrenceCount);
        Assert.Equal(new PatternSighting(7 + 1, stored.ObservedFrom, whole.ObservedTo), joined["a"]);
        Assert.Equal(["a", "b"], joined.Keys.Order());
        Assert.DoesNotContain(
            "a",
            SightingMerge
                .Changes(pattern, new Dictionary<string, PatternSighting> { ["a"] = new(99, whole.ObservedFrom - 1, whole.ObservedTo + 1) })
                .Keys
        );
    }

    private static StoredPattern Stored(PatternChange change) => new(change.Row, change.Evidence, change.Sightings);

    private static RecordedCalls Calls(int sessions, int from = 10)
    {
        var calls = new RecordedCalls();
        for (var session = from; session < from + sessions; session++)
            calls.Tool($"s{session}", "Read").Tool($"s{session}", "Edit");
        return calls;
    }

    private static RecordedCalls Branches(params string[] commands)
    {
        var calls = new RecordedCalls();
        foreach (var (number, command) in commands.Index())
            calls.Bash($"s{number}", command).Bash($"s{number}", "git log");
        return calls;
    }

    private static ClassifiedPattern Found(RecordedCalls calls, string steps = Steps) =>
        new PatternClassifier(new ClassificationPolicy()).Classify(
            Appraisals.Of(calls, model: ActivityModel.Operation).Single(pattern => pattern.ToolSequence == steps)
        );
}
