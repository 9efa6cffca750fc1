using CsCheck;
using PatternAnalysis.Copies;
using PatternAnalysis.Danger;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>A pattern that came back from a file says what it said before, and refuses what its sequences alone could tell.</summary>
public class CopiedPatternTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    private static readonly Gen<int[][]> s_sessions = Gen.OneOf(
        SequenceGen.Small.Where(sessions => sessions.Length > 1),
        Gen.Int[0, 3].Array[2, 4].Select(routine => (int[][])[routine, routine, routine, [.. routine, .. routine], [4, 5, 4, 4, 5, 5, 4]])
    );

    [Fact]
    public void It_has_the_same_counts_sessions_and_danger() =>
        Gen.Select(s_sessions, Gen.Int[0, 30], Gen.Int[0, 30])
            .Sample(
                (sessions, one, other) =>
                {
                    var (from, to) = (s_start.AddSeconds(Math.Min(one, other)), s_start.AddSeconds(Math.Max(one, other)));
                    foreach (var pattern in Find(sessions))
                    {
                        var copy = Copy(pattern);

                        Assert.Equal(
                            (pattern.ToolSequence, pattern.PatternId, pattern.Length, pattern.SessionCount, pattern.TotalSessionCount),
                            (copy.ToolSequence, copy.PatternId, copy.Length, copy.SessionCount, copy.TotalSessionCount)
                        );
                        Assert.Equal(
                            (pattern.OccurrenceCount, pattern.RawCount, pattern.Danger, pattern.Run.ObservedTicks),
                            (copy.OccurrenceCount, copy.RawCount, copy.Danger, copy.Run.ObservedTicks)
                        );
                        Assert.Equal(pattern.Steps, copy.Steps);
                        Assert.Equal(pattern.Sessions, copy.Sessions);
                        Assert.Equal(pattern.ExampleSessions, copy.ExampleSessions);
                        Assert.Equal(Levels(pattern), Levels(copy));
                        foreach (var session in pattern.Sessions.Select(session => session.SessionId))
                            Assert.Equal(
                                pattern.Place.CountOutside(session, from.UtcTicks, to.UtcTicks),
                                copy.Place.CountOutside(session, from.UtcTicks, to.UtcTicks)
                            );
                        Assert.Equal(0, copy.Place.CountOutside("another", 0, 0));
                        Assert.True(copy.Run.IsInForce(new DangerVerdict(DangerLevel.Destructive, "of.another.file", "files", "why", "x")));
                    }
                },
                iter: 15
            );

    [Theory]
    [InlineData(ConfidenceModel.SelfSufficiency)]
    [InlineData(ConfidenceModel.Frequency)]
    public void It_is_measured_and_left_out_as_it_would_have_been_where_its_sequences_are(ConfidenceModel model) =>
        s_sessions.Sample(
            sessions =>
            {
                var (here, there) = (Measurer(model), Measurer(model));
                foreach (var pattern in Find(sessions))
                {
                    var measured = here.Measure(pattern);
                    AssertSame(measured, there.Measure(Copy(pattern)));
                    AssertSame(measured, Assert.IsType<MeasuredPattern>(Copy(measured)));
                    Assert.Equal(here.MeasureShown(pattern) is null, there.MeasureShown(Copy(pattern)) is null);
                }
            },
            iter: 15
        );

    [Fact]
    public void Copies_save_together_what_the_patterns_save_that_they_are_copies_of() =>
        s_sessions.Sample(
            sessions =>
            {
                var measurer = new PatternMeasurer(new MetricOptions());
                MeasuredPattern[] patterns = [.. Find(sessions).Select(pattern => measurer.Measure(pattern))];

                Assert.Equal(
                    OverlapFreeSavings.Total(patterns),
                    OverlapFreeSavings.Total([.. patterns.Select(pattern => (MeasuredPattern)Copy(pattern))])
                );
            },
            iter: 20
        );

    [Fact]
    public void Where_times_were_measured_each_occurrence_that_is_left_over_saves_what_one_does_on_average()
    {
        var measurer = new PatternMeasurer(new MetricOptions { SavingsModel = SavingsModel.Measured, HourlyRate = 3600 });
        s_sessions.Sample(
            sessions =>
            {
                MeasuredPattern[] patterns = [.. Find(sessions).Select(pattern => measurer.Measure(pattern))];
                var taken = new HashSet<(string, int)>();
                var expected = 0m;
                foreach (
                    var pattern in patterns
                        .OrderByDescending(pattern => pattern.EstimatedSavings)
                        .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency)
                )
                {
                    var left =
                        from session in Enumerable.Range(0, sessions.Length)
                        from start in ((IndexedPattern)pattern.Place).StartsIn(session).Starts
                        let steps = Enumerable.Range(start, pattern.Length).Select(step => ($"{session}", step)).ToArray()
                        where !steps.Any(taken.Contains) && steps.All(taken.Add)
                        select start;
                    expected += decimal.Round(pattern.EstimatedSavings / pattern.OccurrenceCount * left.Count(), 2);
                }

                Assert.Equal(expected, OverlapFreeSavings.Total([.. patterns.Select(pattern => (MeasuredPattern)Copy(pattern))]));
            },
            iter: 20
        );
    }

    [Fact]
    public void Where_patterns_stand_did_not_come_along_they_save_what_the_best_of_them_saves()
    {
        var runs = CountedRuns.Of(
            [
                [0, 1, 2],
                [0, 1, 2],
                [3, 0, 1, 0, 1],
            ],
            new MiningOptions()
        );
        var patterns = runs.Pairs().Select(pair => pair.Counted).ToArray();
        runs.Counted.Prepare(patterns, CancellationToken.None);
        var measurer = new PatternMeasurer(new MetricOptions());
        MeasuredPattern[] copies = [.. patterns.Select(pattern => (MeasuredPattern)Copy(measurer.Measure(pattern)))];

        Assert.True(copies.Length > 1);
        Assert.Equal(copies.Max(copy => copy.EstimatedSavings), OverlapFreeSavings.Total(copies));
        Assert.Equal(0, copies[0].Place.CountOutside("s00", 0, 0));
    }

    [Fact]
    public void What_its_sequences_alone_could_tell_is_refused_and_it_is_said_where_to_ask()
    {
        var pattern = Copy(
            Find([
                [0, 1],
                [0, 1],
                [2],
            ])[0]
        );

        Refuses(new MetricOptions { MinimumLift = 2 }, "with a lift of 1.", "pipe Get-ToolSequence to Find-RepeatedPattern");
        Refuses(new MetricOptions { SavingsModel = SavingsModel.Measured }, "how long their steps took", "pipe Get-ToolSequence");
        Refuses(
            new MetricOptions { Reduction = new ReductionOptions { SubsumptionShare = 0.5 } },
            "which of them say the same as others",
            "Ask for -AllPatterns"
        );
        Refuses(new MetricOptions { Reduction = new ReductionOptions { KeepRunVariant = true } }, "say the same", "-AllPatterns");
        Assert.NotNull(new PatternMeasurer(new MetricOptions { Reduction = ReductionOptions.None }).MeasureShown(pattern));

        void Refuses(MetricOptions options, params string[] parts)
        {
            var refused = Assert.Throws<PatternAnalysisException>(() => new PatternMeasurer(options).MeasureShown(pattern));
            Assert.Equal(ErrorCatalogue.SequencesNeeded, refused.Error);
            Assert.All(parts, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void One_that_lost_its_statistics_counts_as_chance()
    {
        var run = new CopiedRun(new MiningOptions(), EventReading.None, null, 0, (0, 0));
        var place = new CopiedPattern(["Read", "Edit"], (2, 3, 4), [], DangerVerdict.Safe);

        var measured = new PatternMeasurer(new MetricOptions()).Measure(new RepeatedPattern(run, place, -1));

        Assert.Equal(
            (0, 1, 1, 3, 1),
            (measured.ConfidenceScore, measured.PValue, measured.QValue, measured.ExpectedCount, measured.FamilySize)
        );
        Assert.Equal((null, 1), (measured.Dispersion, measured.Lift));
        Assert.Equal((3, 0, 0), Levels(measured));
        Assert.Throws<NotSupportedException>(() => run.Accept<object>(null!));
    }

    private static PatternMeasurer Measurer(ConfidenceModel model) => new(new MetricOptions { ConfidenceModel = model });

    private static IReadOnlyList<RepeatedPattern> Find(int[][] sessions) =>
        PatternMiner.InOrder(CountedRuns.Of(sessions, new MiningOptions()).Read, CancellationToken.None);

    private static RepeatedPattern Copy(RepeatedPattern pattern) =>
        (RepeatedPattern)ObjectCopy.Read(new TextView(ObjectCopy.Write(pattern)!), typeof(RepeatedPattern))!;

    private static (int, int, int) Levels(RepeatedPattern pattern) =>
        (pattern.Place.Occurrences.Safe, pattern.Place.Occurrences.Unknown, pattern.Place.Occurrences.Destructive);

    private static void AssertSame(MeasuredPattern expected, MeasuredPattern actual) =>
        Assert.Equal(
            (
                (expected.ConfidenceScore, expected.PValue, expected.QValue, expected.ExpectedCount, expected.Lift),
                (expected.Dispersion, expected.FamilySize, expected.EstimatedSavings, expected.Impact, expected.ConfidenceModel)
            ),
            (
                (actual.ConfidenceScore, actual.PValue, actual.QValue, actual.ExpectedCount, actual.Lift),
                (actual.Dispersion, actual.FamilySize, actual.EstimatedSavings, actual.Impact, actual.ConfidenceModel)
            )
        );

    private sealed class TextView(string text) : IObjectView
    {
        public IEnumerable<string> Names => [ObjectCopy.PropertyName];

        public object? this[string name] => name == ObjectCopy.PropertyName ? text : null;
    }
}
