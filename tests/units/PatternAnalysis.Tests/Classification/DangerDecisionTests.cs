using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

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
}
