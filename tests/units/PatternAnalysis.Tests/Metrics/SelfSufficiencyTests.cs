using CsCheck;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

public class SelfSufficiencyTests
{
    [Theory]
    [InlineData(true, 80)]
    [InlineData(false, 1000)]
    public void The_p_value_is_that_of_the_definition_worked_out_by_counting_everything(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), Gen.Int[1, 3], Gen.OneOf(Gen.Const(1.0), Gen.Const(1.5), Gen.Const(3.0)))
            .Sample(
                (sessions, minimumSessions, lift) =>
                {
                    var twin = new NaiveSelfSufficiency(Array.ConvertAll(sessions, SequenceGen.NamesOf), minimumSessions, lift);
                    foreach (
                        var (pattern, actual) in Test(
                            PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions { MinimumSessions = minimumSessions }),
                            lift
                        )
                    )
                    {
                        var expected = twin.Test([.. pattern.Steps]);

                        Assert.Equal(expected.LogP, actual.LogP, Math.Max(1e-9, Math.Abs(expected.LogP) * 1e-9));
                        if (expected.LogP < -1e-6)
                            Assert.Equal(
                                (expected.Expected, expected.Dispersion),
                                (actual.Expected, actual.Dispersion),
                                ((double, double) a, (double, double) b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2)
                            );
                    }
                },
                iter: iterations
            );

    // Steps of few among many sessions: their counts are looked up in another way.
    [Fact]
    public void Among_many_sessions_rare_steps_are_measured_like_frequent_ones() =>
        Gen.Select(Gen.Int[0, 1].Array[1, 4], Gen.Int[2, 9].Array[1, 4])
            .Select((often, rare) => (int[])[.. often, .. rare])
            .Array[24, 36]
            .Sample(
                sessions =>
                {
                    var twin = new NaiveSelfSufficiency(Array.ConvertAll(sessions, SequenceGen.NamesOf), 2, 1);
                    var patterns = PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions());
                    foreach (var (pattern, actual) in Test(patterns, 1))
                        Assert.Equal(twin.Test([.. pattern.Steps]).LogP, actual.LogP, 1e-9);
                },
                iter: 12
            );

    [Fact]
    public void More_occurrences_than_sixteen_bits_hold_are_all_counted()
    {
        int[] session = [0, 1, 2, .. Enumerable.Repeat(0, 66_000), 1, 3, .. Enumerable.Repeat(2, 700), 1, 1];
        var patterns = PatternMiner.Mine(SequenceGen.ToCorpus([session, session]), new MiningOptions { MaximumLength = 2 });

        var (_, actual) = Test(patterns, 1).Single(test => test.Pattern.ToolSequence == "t0→t1");

        // Each of the 66,001 put back at one of 66,707 places, of which four stand before the other step.
        Assert.Equal(2 * 66_001 * 4.0 / 66_707, actual.Expected, 1e-6);
    }

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 500)]
    public void Whole_sequences_are_measured_among_the_sessions_of_their_length(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    foreach (
                        var (pattern, actual) in Test(
                            PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions { WholeSequence = true }),
                            1
                        )
                    )
                    {
                        var peers = sessions.Where(session => session.Length == pattern.Length).Select(SequenceGen.NamesOf).ToArray();
                        var expected = new NaiveSelfSufficiency(peers, 2, 1).Test([.. pattern.Steps]);

                        Assert.Equal(expected.LogP, actual.LogP, Math.Max(1e-9, Math.Abs(expected.LogP) * 1e-9));
                    }
                },
                iter: iterations
            );

    [Fact]
    public void The_incomplete_gamma_function_is_its_power_series() =>
        Gen.Select(Gen.Double[0.01, 3000], Gen.Double[0.001, 1.5])
            .Sample(
                (a, share) =>
                {
                    var expected = NaiveSelfSufficiency.LogLowerGamma(a, a * share);
                    Assert.Equal(expected, IncompleteGamma.LogLower(a, a * share), Math.Max(1e-10, Math.Abs(expected) * 1e-10));
                },
                iter: 300
            );

    [Fact]
    public void The_q_values_are_those_of_the_step_up_procedure() =>
        Gen.Double[0, 1]
            .Array[1, 40]
            .Sample(pValues =>
            {
                // The smallest rate at which a p-value is a discovery: some rank k at or above its own has p_(k) m / k at most that.
                var expected = pValues.Select(p =>
                    pValues.Where(other => other >= p).Min(other => other * pValues.Length / pValues.Count(any => any <= other))
                );
                Assert.Equal(expected, BenjaminiHochberg.QValues(pValues), Near);
            });

    private static IEnumerable<(RepeatedPattern Pattern, SelfSufficiency.Outcome Outcome)> Test(
        IReadOnlyList<RepeatedPattern> patterns,
        double lift
    )
    {
        if (patterns.Count == 0)
            return [];

        var outcomes = FamilyTest.Run((IndexedRun)patterns[0].Run, lift, CancellationToken.None);
        return patterns.Select(pattern => (pattern, outcomes[pattern.Number]));
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));
}
