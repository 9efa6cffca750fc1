using CsCheck;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Mining;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>Patterns that a store counted are measured as those of the same sequences in memory are.</summary>
public class CountedFamilyTests
{
    private static readonly Gen<MetricOptions> s_options = Gen.Select(
        Gen.OneOf(Gen.Const(1.0), Gen.Const(1.5), Gen.Const(3.0)),
        Gen.Enum<ConfidenceModel>(),
        Gen.OneOf(Gen.Const(0.0), Gen.Const(0.5), Gen.Const(0.8), Gen.Const(1.0)),
        Gen.Bool,
        Gen.Bool,
        (lift, model, share, keepsPowers, keepsRuns) =>
            new MetricOptions
            {
                MinimumLift = lift,
                ConfidenceModel = model,
                Reduction = new ReductionOptions
                {
                    SubsumptionShare = share,
                    KeepTandemPower = keepsPowers,
                    KeepRunVariant = keepsRuns,
                },
            }
    );

    [Fact]
    public void Every_pattern_has_the_same_statistics() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options, s_options)
            .Sample(
                (sessions, mining, options) =>
                {
                    foreach (var (read, counted) in Measured(CountedRuns.Of(sessions, mining), options))
                    {
                        Assert.Equal(
                            (read.ToolSequence, read.FamilySize, read.EstimatedSavings),
                            (counted.ToolSequence, counted.FamilySize, counted.EstimatedSavings)
                        );
                        AssertNear(read.ConfidenceScore, counted.ConfidenceScore);
                        AssertNear(read.PValue, counted.PValue);
                        AssertNear(read.QValue, counted.QValue);
                        AssertNear(read.ExpectedCount, counted.ExpectedCount);
                        Assert.Equal(read.Dispersion is null, counted.Dispersion is null);
                        AssertNear(read.Dispersion ?? 0, counted.Dispersion ?? 0);
                    }
                },
                iter: 20
            );

    [Fact]
    public void The_same_patterns_are_left_out_for_the_same_reasons_and_all_together_save_the_same() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options, s_options)
            .Sample(
                (sessions, mining, options) =>
                {
                    var pairs = Measured(CountedRuns.Of(sessions, mining), options).ToArray();

                    Assert.Equal(
                        pairs.Select(pair => pair.Read.Family.LeftOutBecause(pair.Read)),
                        pairs.Select(pair => pair.Counted.Family.LeftOutBecause(pair.Counted))
                    );
                    Assert.Equal(
                        OverlapFreeSavings.Total([.. pairs.Select(pair => pair.Read)]),
                        OverlapFreeSavings.Total([.. pairs.Select(pair => pair.Counted)])
                    );
                },
                iter: 20
            );

    private static IEnumerable<(MeasuredPattern Read, MeasuredPattern Counted)> Measured(CountedRuns runs, MetricOptions options)
    {
        var measurer = new PatternMeasurer(options);
        return runs.Pairs().Select(pair => (measurer.Measure(pair.Read), measurer.Measure(pair.Counted)));
    }

    private static void AssertNear(double expected, double actual) =>
        Assert.Equal(expected, actual, 1e-9 * Math.Max(1, Math.Abs(expected)));
}
