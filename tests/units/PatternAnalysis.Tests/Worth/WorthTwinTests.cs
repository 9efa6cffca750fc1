using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Worth;

/// <summary>The appraisal of sessions at random against the definition.</summary>
public class WorthTwinTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(4, 0.95)]
    [InlineData(5, 0.95)]
    public void Every_figure_is_the_one_of_the_definition(int seed, double confidence)
    {
        var steps = PlannedStep.Sessions(seed, 8, 9);
        var patterns = Appraise(steps, confidence);
        var twin = new WorthTwin(steps);

        Assert.NotEmpty(patterns);
        Assert.All(
            patterns,
            pattern =>
            {
                var (own, worth) = (twin.Own(pattern.Steps, HooksOf(pattern, confidence)), pattern.Worth!);
                Assert.Equal(own.Turns, worth.SavedTurns, 1e-9);
                Assert.Equal(own.Usd, worth.SavedUsd, 1e-9);
                Assert.Equal(own.Wait, worth.SavedWait.TotalSeconds, 1e-6);
                Assert.Equal(own.HitShare, own.Worth > 0 ? worth.HitShare : own.HitShare, 1e-9);
                Assert.Equal(own.Worth > 0 ? own.Kind : worth.Kind, worth.Kind);
                Assert.All(worth.Conditions, count => Assert.Equal(twin.Count(pattern.ToolSequence, count.Condition), count.Count));
            }
        );
    }

    [Theory]
    [InlineData(11, 0.2)]
    [InlineData(12, 0.2)]
    [InlineData(13, 0.5)]
    [InlineData(14, 0)]
    public void Each_pattern_is_credited_with_what_those_before_it_left(int seed, double partShare)
    {
        var steps = PlannedStep.Sessions(seed, 8, 9);
        var patterns = Appraise(steps, 0, partShare);

        var order = new WorthTwin(steps).Order(
            [.. patterns.OrderBy(pattern => pattern, RepeatedPattern.ByFrequency).Select(one => (one.Steps, HooksOf(one, 0)))],
            partShare
        );

        var taken = patterns.Where(pattern => pattern.Worth!.MarginalTurns > 0).ToArray();
        Assert.Equal(order.Select(one => string.Join('→', one.Pattern)).Order(), taken.Select(one => one.ToolSequence).Order());
        Assert.All(
            order,
            one =>
            {
                var worth = patterns.WorthOf(string.Join('→', one.Pattern));
                Assert.Equal(one.Sum.Turns, worth.MarginalTurns, 1e-9);
                Assert.Equal(one.Sum.Usd, worth.MarginalUsd, 1e-9);
                Assert.Equal(one.Sum.Tokens, worth.MarginalTokens, 1e-6);
                Assert.Equal(one.Sum.Wait, worth.MarginalWait.TotalSeconds, 1e-6);
            }
        );

        // Those that run the same programs as one before them are part of it, though what they save is their own.
        var leaders = new List<string>();
        var programs = new List<HashSet<string>>();
        foreach (var (pattern, _) in order)
        {
            HashSet<string> own = [.. pattern.Where(name => name is not ("Edit(.cs)" or "Read(.md)"))];
            if (programs.Any(own.SetEquals))
                continue;
            programs.Add(own);
            leaders.Add(string.Join('→', pattern));
        }

        Assert.Equal(leaders, patterns.Take(leaders.Count).Select(pattern => pattern.ToolSequence));
        Assert.All(
            patterns.Where(pattern => pattern.Worth is { WorthUsd: > 0, MarginalTurns: 0 }),
            pattern => Assert.NotNull(pattern.Worth!.PartOf)
        );
        var ids = patterns.Where(pattern => pattern.Worth!.PartOf is null).Select(pattern => pattern.PatternId).ToHashSet();
        Assert.All(patterns.Where(pattern => pattern.Worth!.PartOf is not null), part => Assert.Contains(part.Worth!.PartOf!, ids));
    }

    private static IReadOnlyList<MeasuredPattern> Appraise(List<PlannedStep> steps, double confidence, double partShare = 0.2) =>
        Appraisals.Of(
            PlannedStep.Record(steps),
            PlannedStep.Usage(steps),
            new WorthOptions { MinimumConfidence = confidence, PartShare = partShare }
        );

    private static HookCondition HooksOf(MeasuredPattern pattern, double confidence) =>
        pattern
            .Worth!.Conditions.Where(count => count.QValue <= 1 - confidence)
            .Aggregate(HookCondition.None, (all, count) => all | count.Condition);
}
