using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>The figures that the definition of confidence was published with.</summary>
public class ReferenceValueTests
{
    private static IReadOnlyList<MeasuredPattern> Measure(SequenceCorpus corpus, MiningOptions? options = null)
    {
        var measurer = new PatternMeasurer(new MetricOptions());
        return [.. PatternMiner.Mine(corpus, options ?? new MiningOptions()).Select(pattern => measurer.Measure(pattern))];
    }

    [ReferenceEventsFact]
    public void The_reference_events_give_the_published_counts()
    {
        var corpus = ReferenceEvents.Read();
        Assert.Equal((74, 5831), (corpus.Count, corpus.StepCount));

        var patterns = Measure(corpus);
        Assert.Equal(2120, patterns.Count);
        Assert.Equal([1256, 635, 217], new[] { 3, 5, 10 }.Select(sessions => patterns.Count(pattern => pattern.SessionCount >= sessions)));
        Assert.Equal(23, patterns.Max(pattern => pattern.Length));
        Assert.Equal(13, patterns.Count(pattern => pattern.ConfidenceScore > 0.99));
        Assert.Equal(10, patterns.Count(pattern => pattern.ConfidenceScore is >= 0.95 and <= 0.99));
    }

    [ReferenceEventsFact]
    public void The_reference_events_repeat_two_whole_sequences()
    {
        var patterns = Measure(ReferenceEvents.Read(), new MiningOptions { WholeSequence = true });

        Assert.Equal(
            [("Read→Bash→Bash", 11, 11), ("Bash→Bash→Bash→Bash", 4, 4)],
            patterns.Select(pattern => (pattern.ToolSequence, pattern.SessionCount, pattern.OccurrenceCount))
        );
    }

    [ReferenceEventsFact]
    public void The_reference_events_give_the_published_table()
    {
        var patterns = Measure(ReferenceEvents.Read()).ToDictionary(pattern => pattern.ToolSequence);
        (string Pattern, int Sessions, int T, int C, double E, double Phi, double P, double Confidence)[] rows =
        [
            ("Task→Task", 6, 24, 40, 0.8035, 1.0000, 2.032e-26, 0.999999),
            ("Write→TodoWrite", 19, 50, 50, 11.7693, 0.7182, 1.497e-22, 0.999999),
            ("TodoWrite→Write", 14, 36, 36, 11.7693, 1.1016, 4.907e-08, 0.999987),
            ("Edit→Edit→Edit→Edit", 19, 47, 113, 14.7469, 1.2369, 1.454e-09, 0.999999),
            ("TodoWrite→Write→TodoWrite", 13, 24, 33, 6.6150, 1.4274, 1.006e-05, 0.997866),
            ("Bash→Bash→Bash", 44, 402, 915, 286.2506, 2.3289, 1.355e-05, 0.997420),
            ("Bash→Bash", 59, 750, 1273, 552.4366, 4.4852, 9.365e-05, 0.985818),
            ("Read→Read", 52, 482, 702, 376.2650, 2.1943, 0.0002308, 0.975531),
            ("Bash→TodoWrite→Bash→Bash", 25, 68, 77, 50.8467, 0.4736, 0.000494, 0.954465),
            ("Read→Edit", 30, 226, 226, 175.0590, 1.2681, 0.0005871, 0.948400),
            ("Grep→Read", 34, 384, 384, 312.0653, 3.3094, 0.01666, 0.432862),
        ];

        foreach (var row in rows)
        {
            var pattern = patterns[row.Pattern];
            Assert.Equal((row.Sessions, row.T, row.C), (pattern.SessionCount, pattern.OccurrenceCount, pattern.RawCount));
            Assert.Equal(row.E, pattern.ExpectedCount, 0.00005);
            Assert.Equal(row.Phi, pattern.Dispersion!.Value, 0.00005);
            Assert.Equal(1, pattern.PValue / row.P, 0.0005);
            Assert.Equal(row.Confidence, pattern.ConfidenceScore, 0.0000005);
        }

        Assert.Equal(
            (34, 201, 1.0, 0.0),
            (
                patterns["Bash→Read"].SessionCount,
                patterns["Bash→Read"].OccurrenceCount,
                patterns["Bash→Read"].PValue,
                patterns["Bash→Read"].ConfidenceScore
            )
        );
        Assert.Equal(330.0645, patterns["Bash→Read"].ExpectedCount, 0.00005);
    }

    [Theory]
    [InlineData(1, 0.913, 0.762, 0.0005)]
    [InlineData(4, 0.99989, 0.99852, 0.000005)]
    public void The_originals_fixture_is_too_little_evidence_until_it_is_four_times_as_much(
        int times,
        double first,
        double second,
        double within
    )
    {
        var corpus = Corpus.Of([.. Corpus.Repeat("Read Edit Write", 5 * times), .. Corpus.Repeat("Test Fix Test", 3 * times)]);

        var patterns = Measure(corpus);

        Assert.Equal(["Read→Edit→Write", "Test→Fix→Test"], patterns.Select(pattern => pattern.ToolSequence));
        Assert.Equal(first, patterns[0].ConfidenceScore, within);
        Assert.Equal(second, patterns[1].ConfidenceScore, within);
    }

    [Fact]
    public void A_routine_that_everybody_always_follows_is_certain()
    {
        var pattern = Assert.Single(Measure(Corpus.Of([.. Corpus.Repeat("Read Edit Write", 200)])));

        Assert.Equal(("Read→Edit→Write", 200, 0.999999), (pattern.ToolSequence, pattern.OccurrenceCount, pattern.ConfidenceScore));
    }

    [Fact]
    public void Sessions_of_nothing_but_one_tool_hold_no_discovery()
    {
        var patterns = Measure(
            Corpus.Of([.. Enumerable.Range(2, 50).Select(length => string.Join(' ', Enumerable.Repeat("Bash", length)))])
        );

        Assert.Equal(49, patterns.Count);
        Assert.All(patterns, pattern => Assert.Equal(0, pattern.ConfidenceScore));
    }

    [Theory]
    [InlineData(3, 0.5, 0.014387677966970679)]
    [InlineData(10.5, 4.2, 0.006798339677175023)]
    [InlineData(18, 9, 0.005319571251181578)]
    [InlineData(200, 150, 5.709688574207581e-05)]
    public void The_incomplete_gamma_function_gives_the_published_values(double a, double x, double expected) =>
        Assert.Equal(1, Math.Exp(IncompleteGamma.LogLower(a, x)) / expected, 1e-12);
}
