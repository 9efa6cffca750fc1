using PatternAnalysis.Activities;
using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Shell;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Classification;

/// <summary>What danger does to a decision: it goes before every number.</summary>
public class DangerDecisionTests
{
    private static readonly PatternClassifier s_classifier = new(new ClassificationPolicy());

    private static DangerVerdict Verdict(DangerLevel level) =>
        level == DangerLevel.Safe ? DangerVerdict.Safe : new DangerVerdict(level, "own.rule", "own", "it does something", "the segment");

    [Theory]
    [InlineData(DangerLevel.Destructive, 1, 1_000_000, 1_000_000, PatternStatus.AutoRejected)]
    [InlineData(DangerLevel.Destructive, 0, 0, 0, PatternStatus.AutoRejected)]
    [InlineData(DangerLevel.Unknown, 1, 1_000_000, 1_000_000, PatternStatus.Pending)]
    [InlineData(DangerLevel.Unknown, 0.9, 1_000_000, 1_000_000, PatternStatus.AutoRejected)]
    [InlineData(DangerLevel.Safe, 1, 1_000_000, 1_000_000, PatternStatus.AutoApproved)]
    [InlineData(DangerLevel.Safe, 1, 199, 1_000_000, PatternStatus.Pending)]
    public void Danger_goes_before_the_numbers(DangerLevel level, double confidence, long occurrences, int savings, string status)
    {
        var decision = s_classifier.Decide(Verdict(level), confidence, occurrences, savings);

        Assert.Equal((status, level == DangerLevel.Destructive), (decision.Status, decision.IsDestructive));
    }

    [Theory]
    [InlineData(DangerLevel.Destructive, "destructive: it does something [own.rule]: the segment")]
    [InlineData(DangerLevel.Unknown, "not known to be safe: it does something [own.rule]: the segment")]
    public void The_reason_names_the_rule_and_the_segment(DangerLevel level, string reason) =>
        Assert.Equal([reason], s_classifier.Decide(Verdict(level), 1, 1_000_000, 1_000_000).Reasons);

    [Fact]
    public void A_segment_with_the_programs_name_of_a_tool_is_judged_by_the_rules_and_not_by_words_in_brackets() =>
        Assert.Equal(PatternStatus.Pending, s_classifier.Decide(["Bash(remove)", "Read"], 1, 1, 1).Status);

    [Fact]
    public void A_word_of_the_policy_in_a_tools_name_makes_every_occurrence_destructive()
    {
        var pattern = Reports.Routine("Read", "Edit").Patterns.Single();

        var classified = new PatternClassifier(new ClassificationPolicy { DestructiveTools = ["Edit"] }).Classify(pattern);
        var usual = s_classifier.Classify(pattern);

        Assert.Equal((PatternStatus.AutoRejected, true), (classified.Status, classified.IsDestructive));
        Assert.Equal(["destructive: the tool's name has the word 'Edit' [policy.destructive-tool]: Edit"], classified.Reasons);
        Assert.Equal((0, 0, 20), Counts(classified));
        Assert.Equal("20 of 20 occurrences destructive, 0 unknown, 0 safe", classified.Levels.ToString());
        Assert.Equal((20, 0, 0), Counts(usual));
        Assert.False(usual.IsDestructive);

        static (int, int, int) Counts(ClassifiedPattern pattern) =>
            (pattern.SafeOccurrenceCount, pattern.UnknownOccurrenceCount, pattern.DestructiveOccurrenceCount);
    }

    [Theory]
    [InlineData("DeleteFile")]
    [InlineData("remove_branch")]
    [InlineData("mcp__db__drop")]
    [InlineData("TruncateTable")]
    [InlineData("ForceDelete")]
    [InlineData("destroyCluster")]
    [InlineData("purge-queue")]
    [InlineData("EraseDisk")]
    [InlineData("wipe")]
    public void A_tool_whose_name_says_that_something_goes_is_destructive_unless_other_words_are_given(string tool)
    {
        var decision = s_classifier.Decide([tool], 1, 1_000_000, 1_000_000);
        var own = new PatternClassifier(new ClassificationPolicy { DestructiveTools = [] });

        Assert.Equal((PatternStatus.AutoRejected, true), (decision.Status, decision.IsDestructive));
        Assert.Equal(PatternStatus.AutoApproved, own.Decide([tool], 1, 1_000_000, 1_000_000).Status);
    }

    [Fact]
    public void The_words_of_the_policy_are_a_rule_with_a_name_and_a_category()
    {
        var danger = new PatternClassifier(new ClassificationPolicy { DestructiveTools = ["Edit"] })
            .Classify(Reports.Routine("Read", "Edit").Patterns.Single())
            .Danger;

        Assert.Equal(("policy.destructive-tool", "tools", "Edit"), (danger.RuleId, danger.Category, danger.Segment));
    }

    [Fact]
    public void Safe_unknown_and_destructive_occurrences_are_counted_apart()
    {
        var calls = new RecordedCalls();
        foreach (var (number, command) in new[] { "git branch", "git branch $(whatever)", "git branch -D old", "git branch" }.Index())
            calls.Bash($"s{number}", command).Bash($"s{number}", "git log");
        var pattern = Appraisals
            .Measured(Appraisals.Corpus(calls, model: ActivityModel.Operation))
            .Single(pattern => pattern.ToolSequence == "Bash(git branch)→Bash(git log)");

        var classified = s_classifier.Classify(pattern);

        Assert.Equal((2, 1, 1), (classified.SafeOccurrenceCount, classified.UnknownOccurrenceCount, classified.DestructiveOccurrenceCount));
        Assert.Equal("git branch -D old", Assert.Single(classified.WorstOccurrences).Command);
        Assert.Equal(
            "8 of 150 occurrences destructive, 40 unknown, 102 safe",
            new OccurrenceLevels(Safe: 102, Unknown: 40, Destructive: 8).ToString()
        );
    }

    [Fact]
    public void What_a_pattern_is_worth_and_can_be_made_into_decides_with_its_numbers()
    {
        var calls = new RecordedCalls();
        for (var session = 0; session < 20; session++)
            calls.Call($"s{session}", "Read", "file_path", $"{session}.cs").Call($"s{session}", "Edit", "file_path", $"{session}.cs");
        var pattern = Appraisals.Of(calls).Single(pattern => pattern.ToolSequence == "Read(.cs)→Edit(.cs)");
        Assert.Equal(WorthKind.None, pattern.Worth!.Kind);

        Assert.Contains("there is nothing in it to automate", s_classifier.Classify(pattern).Reasons);
    }

    [Fact]
    public void What_is_too_likely_a_coincidence_says_how_likely_and_what_was_asked_for() =>
        Assert.Equal(
            ["confidence 94.99 % is below 95 %: too likely a coincidence"],
            s_classifier.Decide(DangerVerdict.Safe, 0.9499, 1_000_000, 1_000_000).Reasons
        );

    [Fact]
    public void The_rules_speak_before_the_words_of_the_policy()
    {
        var pattern = Reports.Routine("Read", "delete_branch").Patterns.Single();

        var reason = new PatternClassifier(new ClassificationPolicy { DestructiveTools = ["Read"] }).Classify(pattern).Reasons.Single();

        Assert.DoesNotContain("policy.destructive-tool", reason, StringComparison.Ordinal);
        Assert.EndsWith("delete_branch", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_tools_name_stands_in_no_reason() =>
        Assert.DoesNotContain(
            "ghp_0123456789",
            s_classifier.Decide(["Remove ghp_0123456789abcdefghijABCDEFGHIJ012345"], 1, 1, 1).Reasons.Single(),
            StringComparison.Ordinal
        );

    [Fact]
    public void What_is_left_of_a_pattern_without_its_destructive_occurrences_waits_for_a_person()
    {
        var decision = s_classifier.Decide(DangerVerdict.Safe, 1, 1_000_000, 1_000_000, without: "rm");

        Assert.Equal(PatternStatus.Pending, decision.Status);
        Assert.Equal(["only a person approves a pattern whose destructive occurrences are left out (without: rm)"], decision.Reasons);
    }

    [Fact]
    public void Each_reason_for_waiting_is_said_and_each_for_an_approval()
    {
        var policy = new PatternClassifier(new ClassificationPolicy { ApproveWorth = 10 });

        Assert.Equal(
            [
                "confidence 96 % is not above 99 %",
                "199 occurrences are fewer than 200",
                "savings of $4,999.00 are below $5,000.00",
                "worth of $9.00 in 30 days is below $10.00",
            ],
            policy.Decide(DangerVerdict.Safe, 0.96, 199, 4999, kind: WorthKind.Script, worth: 9).Reasons
        );
        Assert.Equal(
            ["what it is worth in 30 days is not known"],
            policy.Decide(DangerVerdict.Safe, 1, 200, 5000, kind: WorthKind.Script, worth: null).Reasons
        );
        Assert.Equal(
            [
                "confidence 100 % is above 99 %",
                "200 occurrences are at least 200",
                "savings of $5,000.00 are at least $5,000.00",
                "worth of $10.00 in 30 days is at least $10.00",
            ],
            policy.Decide(DangerVerdict.Safe, 1, 200, 5000, kind: WorthKind.Script, worth: 10).Reasons
        );
        Assert.Equal(3, s_classifier.Decide(DangerVerdict.Safe, 1, 200, 5000).Reasons.Count);
        Assert.Equal(
            ["there is nothing in it to automate"],
            s_classifier.Decide(DangerVerdict.Safe, 1, 200, 5000, kind: WorthKind.None).Reasons
        );
        Assert.Equal(
            ["it can be made rarer, not automated"],
            s_classifier.Decide(DangerVerdict.Safe, 1, 200, 5000, kind: WorthKind.Guidance).Reasons
        );
    }

    [Fact]
    public void An_explanation_names_each_segment_and_shows_what_nobody_sees()
    {
        var explained = new DangerExplainer(new DangerAssessor(DangerRuleSet.BuiltIn)).ExplainCommand(
            "git status\nrm -rf ~ \u202E",
            ShellDialect.Posix
        );

        Assert.Equal(DangerLevel.Destructive, explained.Level);
        Assert.Equal("git status\nrm -rf ~ \\u202E", explained.Text);
        Assert.Equal($"destructive [{explained.RuleId}]: {explained.Text}", explained.ToString());
        Assert.Equal([DangerLevel.Safe, DangerLevel.Destructive], explained.Segments.Select(segment => segment.Level));
        Assert.Equal("safe: git status", explained.Segments[0].ToString());
        Assert.Equal($"destructive [{explained.RuleId}]: rm -rf ~ \\u202E", explained.Segments[1].ToString());
        var hidden = new DangerAssessment("a\u202E", DangerLevel.Unknown, null, null, "b\n\u202E", "c\n\u202E", []);
        Assert.Equal(("b\n\\u202E", "c\n\\u202E"), (hidden.Reason, hidden.Segment));
        Assert.Equal("unknown: a\\u202E", hidden.ToString());
        Assert.Equal("a\n\\u202E", new SegmentAssessment("a\n\u202E", DangerLevel.Safe, null).Text);
        Assert.Null(new DangerAssessment("a", DangerLevel.Safe, null, null, null, null, []).Segment);
    }

    [Fact]
    public void A_patterns_explanation_is_the_worst_of_its_steps()
    {
        var explained = new DangerExplainer(new DangerAssessor(DangerRuleSet.BuiltIn)).ExplainPattern(["Read", "delete_branch"]);

        Assert.Equal(DangerLevel.Destructive, explained.Level);
        Assert.Equal("Read→delete_branch", explained.Text);
        Assert.Equal([DangerLevel.Safe, DangerLevel.Destructive], explained.Segments.Select(segment => segment.Level));
    }

    [Theory]
    [InlineData("pending", false, true, false, false, "Waiting for review")]
    [InlineData("approved", true, false, true, false, "Approved by a person")]
    [InlineData("rejected", true, false, false, true, "Rejected by a person")]
    [InlineData("auto-approved", false, false, true, false, "Approved by policy")]
    [InlineData("auto-rejected", false, false, false, true, "Rejected by policy")]
    [InlineData("maybe", false, false, false, false, "maybe")]
    public void A_state_says_who_decided_and_what(string status, bool human, bool waiting, bool approved, bool rejected, string title)
    {
        Assert.Equal(
            (human, waiting, approved, rejected, title),
            (
                PatternStatus.IsHuman(status),
                PatternStatus.IsWaiting(status),
                PatternStatus.IsApproved(status),
                PatternStatus.IsRejected(status),
                PatternStatus.TitleOf(status)
            )
        );
        if (title == status)
            Assert.Contains(
                "pending, approved",
                Assert.Throws<PatternAnalysisException>(() => PatternStatus.Parse(status)).Message,
                StringComparison.Ordinal
            );
        else
            Assert.Equal(status, PatternStatus.Parse(status.ToUpperInvariant()));
    }
}
