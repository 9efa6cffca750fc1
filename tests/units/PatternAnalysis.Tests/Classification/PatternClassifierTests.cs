using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Tests.Classification;

public class PatternClassifierTests
{
    private static readonly DangerVerdict s_unknown = new(
        DangerLevel.Unknown,
        "unknown.program",
        "unknown",
        "no rule says what 'x' does",
        "x"
    );
    private static readonly DangerVerdict s_destructive = new(
        DangerLevel.Destructive,
        "files.remove-recursive",
        "files",
        "deletes folders",
        "rm -rf x"
    );

    [Theory]
    [InlineData(0.990001, 200, 5000, PatternStatus.AutoApproved)]
    [InlineData(0.99, 200, 5000, PatternStatus.Pending)]
    [InlineData(0.990001, 199, 5000, PatternStatus.Pending)]
    [InlineData(0.990001, 200, 4999.99, PatternStatus.Pending)]
    [InlineData(0.95, 200, 5000, PatternStatus.Pending)]
    [InlineData(0.949999, 1000, 50000, PatternStatus.AutoRejected)]
    [InlineData(0, 0, 0, PatternStatus.AutoRejected)]
    [InlineData(1, 200, 5000, PatternStatus.AutoApproved)]
    public void Each_border_belongs_to_the_side_that_the_policy_says(double confidence, long occurrences, decimal savings, string status) =>
        Assert.Equal(
            status,
            new PatternClassifier(new ClassificationPolicy()).Decide(DangerVerdict.Safe, confidence, occurrences, savings).Status
        );

    [Theory]
    [InlineData(WorthKind.None, 0)]
    [InlineData(WorthKind.None, 1)]
    [InlineData(WorthKind.Guidance, 0)]
    [InlineData(WorthKind.Guidance, 1)]
    [InlineData(WorthKind.NotAssessed, 1)]
    public void What_nothing_can_be_made_of_is_never_approved_by_a_machine_whatever_it_is_worth(WorthKind kind, int wanted)
    {
        var easy = new ClassificationPolicy
        {
            ApproveConfidence = 0.96,
            ApproveOccurrences = 1,
            ApproveSavings = 0,
            ApproveWorth = wanted,
        };

        var decision = new PatternClassifier(easy).Decide(DangerVerdict.Safe, 0.999999, 9999, 99999, kind: kind, worth: 1e6);

        Assert.Equal(PatternStatus.Pending, decision.Status);
    }

    [Theory]
    [InlineData(WorthKind.Hook)]
    [InlineData(WorthKind.Script)]
    [InlineData(WorthKind.Command)]
    [InlineData(WorthKind.Message)]
    public void What_something_can_be_made_of_is_approved_when_it_is_worth_what_the_policy_asks_for(WorthKind kind)
    {
        var classifier = new PatternClassifier(new ClassificationPolicy { ApproveWorth = 5 });

        Assert.Equal(
            [PatternStatus.AutoApproved, PatternStatus.Pending, PatternStatus.Pending],
            new double?[] { 5, 4.99, null }.Select(worth =>
                classifier.Decide(DangerVerdict.Safe, 0.9999, 200, 5000, kind: kind, worth: worth).Status
            )
        );
    }

    [Theory]
    [InlineData(0.9, 10, 1, PatternStatus.AutoApproved)]
    [InlineData(0.8, 10, 1, PatternStatus.Pending)]
    [InlineData(0.9, 9, 1, PatternStatus.Pending)]
    [InlineData(0.9, 10, 0.99, PatternStatus.Pending)]
    [InlineData(0.49, 10, 1, PatternStatus.AutoRejected)]
    public void Each_threshold_is_a_parameter(double confidence, long occurrences, decimal savings, string status)
    {
        var policy = new ClassificationPolicy
        {
            ApproveConfidence = 0.8,
            ApproveOccurrences = 10,
            ApproveSavings = 1,
            RejectConfidence = 0.5,
        };

        Assert.Equal(status, new PatternClassifier(policy).Decide(DangerVerdict.Safe, confidence, occurrences, savings).Status);
    }

    [Fact]
    public void What_is_destructive_is_rejected_whatever_its_numbers_and_the_reason_names_rule_and_segment()
    {
        var decision = new PatternClassifier(new ClassificationPolicy()).Decide(s_destructive, 1, 1_000_000, 1_000_000);

        Assert.Equal((PatternStatus.AutoRejected, true), (decision.Status, decision.IsDestructive));
        Assert.Equal("destructive: deletes folders [files.remove-recursive]: rm -rf x", Assert.Single(decision.Reasons));
    }

    [Fact]
    public void What_is_not_known_to_be_safe_waits_for_a_human_at_best()
    {
        var decision = new PatternClassifier(new ClassificationPolicy()).Decide(s_unknown, 1, 1_000_000, 1_000_000);

        Assert.Equal(PatternStatus.Pending, decision.Status);
        Assert.Equal("not known to be safe: no rule says what 'x' does [unknown.program]: x", Assert.Single(decision.Reasons));
        Assert.Equal(PatternStatus.AutoRejected, new PatternClassifier(new ClassificationPolicy()).Decide(s_unknown, 0.5, 1, 1).Status);
    }

    [Fact]
    public void A_share_is_never_shown_as_one_that_it_does_not_reach() =>
        Assert.Contains(
            "confidence 98.9999 % is not above 99 %",
            new PatternClassifier(new ClassificationPolicy()).Decide(DangerVerdict.Safe, 0.98999999, 500, 9000).Reasons
        );

    [Theory]
    [InlineData(-0.1, 0.95, 200, 5000)]
    [InlineData(1.1, 0.95, 200, 5000)]
    [InlineData(double.NaN, 0.95, 200, 5000)]
    [InlineData(0.99, 2, 200, 5000)]
    [InlineData(0.99, 0.95, -1, 5000)]
    [InlineData(0.99, 0.95, 200, -1)]
    public void Thresholds_out_of_range_are_refused(double approve, double reject, long occurrences, decimal savings) =>
        Assert.Throws<PatternAnalysisException>(() =>
            new PatternClassifier(
                new ClassificationPolicy
                {
                    ApproveConfidence = approve,
                    RejectConfidence = reject,
                    ApproveOccurrences = occurrences,
                    ApproveSavings = savings,
                }
            )
        );
}
