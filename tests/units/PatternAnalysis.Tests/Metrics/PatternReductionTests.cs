using CsCheck;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

public class PatternReductionTests
{
    private static readonly ReductionOptions s_none = ReductionOptions.None;

    private static MeasuredPattern[] Show(IReadOnlyList<RepeatedPattern> patterns, ReductionOptions reduction)
    {
        var measurer = new PatternMeasurer(new MetricOptions { Reduction = reduction });
        return [.. patterns.Select(pattern => measurer.MeasureShown(pattern)).OfType<MeasuredPattern>()];
    }

    private static string[] Shown(ReductionOptions reduction, params string[] sessions) =>
        [.. Show(PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions()), reduction).Select(pattern => pattern.ToolSequence)];

    // Why each pattern is left out when the patterns have these q-values.
    private static Dictionary<string, string?> Reasons(ReductionOptions reduction, Func<string, double> qValueOf, string[] sessions)
    {
        var run = PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions())[0].Run;
        var metrics = run.Patterns.Select(pattern => new PatternMetric(0, 0, 0, qValueOf(pattern.ToolSequence), 0)).ToArray();
        var reasons = PatternReduction.Reduce(run, metrics, reduction, CancellationToken.None);
        return run.Patterns.Zip(reasons).ToDictionary(pair => pair.First.ToolSequence, pair => pair.Second);
    }

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 200)]
    public void Everything_is_shown_when_nothing_is_to_be_reduced(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    var patterns = PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions());
                    Assert.Equal(patterns.Count, Show(patterns, s_none).Length);
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 300)]
    public void What_is_shown_has_the_numbers_that_it_has_among_all_and_the_rest_is_counted(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    var patterns = PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions());
                    var all = Show(patterns, s_none).ToDictionary(pattern => pattern.ToolSequence);
                    var shown = Show(patterns, new ReductionOptions());

                    Assert.Equal(patterns.Count > 0, shown.Length > 0);
                    Assert.All(
                        shown,
                        pattern =>
                            Assert.Equal(
                                (
                                    all[pattern.ToolSequence].ConfidenceScore,
                                    all[pattern.ToolSequence].PValue,
                                    all[pattern.ToolSequence].FamilySize
                                ),
                                (pattern.ConfidenceScore, pattern.PValue, pattern.FamilySize)
                            )
                    );
                    if (shown.Length > 0)
                        Assert.Equal(patterns.Count, shown.Length + shown[0].Family.LeftOut.Values.Sum());
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 500)]
    public void No_shown_pattern_nearly_always_stands_in_another_that_is_as_sure(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    static int Band(MeasuredPattern pattern) =>
                        pattern.QValue switch
                        {
                            < 0.01 => 0,
                            <= 0.05 => 1,
                            _ => 2,
                        };
                    var shown = Show(PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions()), new ReductionOptions());
                    foreach (var part in shown)
                    {
                        Assert.DoesNotContain(
                            shown,
                            whole =>
                                whole.Length > part.Length
                                && $"→{whole.ToolSequence}→".Contains($"→{part.ToolSequence}→", StringComparison.Ordinal)
                                && whole.RawCount >= 0.8 * part.RawCount
                                && Band(whole) <= Band(part)
                        );
                    }
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 20)]
    [InlineData(false, 300)]
    public void The_surest_patterns_survive(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    var patterns = PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions());
                    var best = Show(patterns, s_none).Select(pattern => pattern.QValue).DefaultIfEmpty(1).Min();
                    Assert.Equal(
                        best < 0.01,
                        Show(patterns, new ReductionOptions()).Select(pattern => pattern.QValue).DefaultIfEmpty(1).Min() < 0.01
                    );
                },
                iter: iterations
            );

    [Fact]
    public void A_pattern_several_times_over_is_dropped_unless_it_is_to_be_kept()
    {
        string[] sessions = ["x a b a b y", "x a b a b z", "a b", "a b q", "r a b"];
        var tandems = new ReductionOptions { KeepRunVariant = true, SubsumptionShare = 0 };

        Assert.Contains("a→b→a→b", Shown(s_none, ["p a b a b q", "a b a b", .. sessions]));
        Assert.DoesNotContain("a→b→a→b", Shown(tandems, ["p a b a b q", "a b a b", .. sessions]));
    }

    // Bands: below 0.01, to 0.05, above.
    [Theory]
    [InlineData(0.001, 0.001, true)]
    [InlineData(0.001, 0.9, true)]
    [InlineData(0.0099, 0.001, true)]
    [InlineData(0.01, 0.0099, false)]
    [InlineData(0.05, 0.01, true)]
    [InlineData(0.051, 0.05, false)]
    [InlineData(0.9, 0.001, false)]
    [InlineData(0.9, 0.051, true)]
    public void A_pattern_several_times_over_is_dropped_for_one_that_is_as_sure_only(double once, double twice, bool isDropped)
    {
        var reasons = Reasons(
            new ReductionOptions { KeepRunVariant = true, SubsumptionShare = 0 },
            steps => steps == "a→b" ? once : twice,
            ["p a b a b q", "a b a b", "x a b y", "z a b"]
        );

        Assert.Null(reasons["a→b"]);
        Assert.Equal(isDropped ? LeftOutPatterns.TandemPower : null, reasons["a→b→a→b"]);
    }

    [Theory]
    [InlineData(0.001, 0.001, true)]
    [InlineData(0.001, 0.02, true)]
    [InlineData(0.02, 0.001, false)]
    [InlineData(0.06, 0.05, false)]
    [InlineData(0.05, 0.01, true)]
    public void A_part_is_dropped_for_a_whole_that_is_as_sure_only(double whole, double part, bool isDropped)
    {
        var reasons = Reasons(
            new ReductionOptions { KeepRunVariant = true, KeepTandemPower = true },
            steps => steps == "a→b" ? part : whole,
            [.. Corpus.Repeat("a b c", 8), .. Corpus.Repeat("x a b", 2)]
        );

        Assert.Equal(isDropped ? LeftOutPatterns.Subsumed : null, reasons["a→b"]);
    }

    [Theory]
    [InlineData(8, 2, true)]
    [InlineData(7, 2, false)]
    public void A_part_is_dropped_when_the_share_of_it_that_is_asked_for_stands_in_the_whole(int inWhole, int alone, bool isDropped)
    {
        string[] sessions = [.. Corpus.Repeat("a b c", inWhole), .. Corpus.Repeat("x a b", alone)];

        Assert.Equal(isDropped ? LeftOutPatterns.Subsumed : null, Reasons(new ReductionOptions(), _ => 0, sessions)["a→b"]);
        Assert.Null(Reasons(new ReductionOptions { SubsumptionShare = 0 }, _ => 0, sessions)["a→b"]);
    }

    [Theory]
    [InlineData(0.001, 0.001, "a→a→b")]
    [InlineData(0.001, 0.02, "a→b")]
    [InlineData(0.02, 0.001, "a→a→b")]
    public void Of_patterns_that_differ_in_their_runs_the_surest_is_kept_then_the_one_with_the_most_steps(
        double shorter,
        double longer,
        string kept
    )
    {
        var reasons = Reasons(
            new ReductionOptions { KeepTandemPower = true, SubsumptionShare = 0 },
            steps => steps == "a→b" ? shorter : longer,
            [.. Corpus.Repeat("a a b", 4), "x a b"]
        );

        Assert.Equal(["a→a→b", "a→b"], reasons.Keys.Order());
        Assert.Equal(kept, Assert.Single(reasons, reason => reason.Value is null).Key);
        Assert.Contains(LeftOutPatterns.SameRunFoldedForm, reasons.Values);
    }

    [Fact]
    public void Half_a_time_more_is_another_pattern()
    {
        var tandems = new ReductionOptions { KeepRunVariant = true, SubsumptionShare = 0 };
        string[] sessions = ["x a b a b a y", "z a b a b a w", "a b", "q a b", "a b r"];

        Assert.Contains("a→b→a→b→a", Shown(tandems, sessions));
    }

    [Fact]
    public void What_is_dropped_for_a_shorter_pattern_is_never_surer_than_that()
    {
        static int Band(MeasuredPattern pattern) =>
            pattern.QValue switch
            {
                < 0.01 => 0,
                <= 0.05 => 1,
                _ => 2,
            };
        var tandems = new ReductionOptions { KeepRunVariant = true, SubsumptionShare = 0 };
        var runs = new ReductionOptions { KeepTandemPower = true, SubsumptionShare = 0 };
        Gen.Select(Gen.Int[0, 3].Array[1, 5], Gen.Int[0, 12], Gen.Int[0, 3].Array[1, 20].Array[2, 20])
            .Sample(
                (routine, copies, others) =>
                {
                    string[][] sessions =
                    [
                        .. Enumerable.Repeat<int[]>([.. routine, .. routine], copies).Concat(others).Select(SequenceGen.NamesOf),
                    ];
                    var patterns = PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions());
                    var all = Show(patterns, s_none);
                    var withoutPowers = Show(patterns, tandems);
                    var withoutRuns = Show(patterns, runs);
                    foreach (var dropped in all.ExceptBy(withoutPowers.Select(kept => kept.PatternId), pattern => pattern.PatternId))
                        Assert.Contains(
                            withoutPowers,
                            root => dropped.Length % root.Length == 0 && Repeats(dropped, root) && Band(root) <= Band(dropped)
                        );
                    foreach (var dropped in all.ExceptBy(withoutRuns.Select(kept => kept.PatternId), pattern => pattern.PatternId))
                        Assert.Contains(withoutRuns, kept => Folded(kept).SequenceEqual(Folded(dropped)) && Band(kept) <= Band(dropped));
                },
                iter: 300
            );

        static bool Repeats(MeasuredPattern power, MeasuredPattern root) =>
            power.Steps.Chunk(root.Length).All(part => part.SequenceEqual(root.Steps));
        static IEnumerable<string> Folded(MeasuredPattern pattern) =>
            pattern.Steps.Where((step, place) => place == 0 || step != pattern.Steps[place - 1]);
    }

    [Fact]
    public void Of_patterns_that_differ_in_their_runs_only_one_is_kept()
    {
        string[] sessions = [.. Corpus.Repeat("a b x", 4), .. Corpus.Repeat("a a b y", 4), .. Corpus.Repeat("z a b b", 4)];

        Assert.True(Shown(s_none, sessions).Length > 1);
        Assert.Single(
            Shown(
                new ReductionOptions { KeepTandemPower = true, SubsumptionShare = 0 },
                [.. Corpus.Repeat("a b", 4), .. Corpus.Repeat("a a b", 4)]
            )
        );
    }

    [Fact]
    public void Whole_sequences_are_all_shown()
    {
        var patterns = PatternMiner.Mine(
            Corpus.Of("a a", "a a", "a a a", "a a a", "a a a a", "a a a a"),
            new MiningOptions { WholeSequence = true }
        );

        Assert.Equal(3, Show(patterns, new ReductionOptions()).Length);
    }
}
