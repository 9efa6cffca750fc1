using CsCheck;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

public class ClosedPatternTests
{
    private static readonly Gen<MiningOptions> s_options = Gen.Select(
            Gen.Int[1, 4],
            Gen.Int[1, 3],
            Gen.OneOf(Gen.Int[1, 8], Gen.Const(MiningOptions.LengthGuard))
        )
        .Select(
            (sessions, shortest, longest) =>
                new MiningOptions
                {
                    MinimumSessions = sessions,
                    MinimumLength = shortest,
                    MaximumLength = longest,
                }
        );

    private static List<NaiveMiner.Pattern> Mine(SequenceCorpus corpus, MiningOptions options) =>
        [
            .. PatternMiner
                .Mine(corpus, options)
                .Select(pattern => new NaiveMiner.Pattern(
                    pattern.ToolSequence,
                    pattern.Length,
                    pattern.SessionCount,
                    pattern.RawCount,
                    pattern.OccurrenceCount
                )),
        ];

    [Theory]
    [InlineData(true, 150)]
    [InlineData(false, 2000)]
    public void The_patterns_and_all_their_counts_are_those_of_counting_everything(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), s_options)
            .Sample(
                (sessions, options) =>
                {
                    var expected = NaiveMiner.ClosedPatterns(
                        Array.ConvertAll(sessions, SequenceGen.NamesOf),
                        options.MinimumSessions,
                        options.MinimumLength,
                        options.MaximumLength
                    );

                    Assert.Equal(
                        expected.OrderBy(pattern => pattern.Text, StringComparer.Ordinal),
                        Mine(SequenceGen.ToCorpus(sessions), options).OrderBy(pattern => pattern.Text, StringComparer.Ordinal)
                    );
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 300)]
    public void A_pattern_names_the_sessions_that_hold_it_and_how_often_each_does(bool isSmall, int iterations) =>
        SequenceGen
            .Of(isSmall)
            .Sample(
                sessions =>
                {
                    foreach (var pattern in PatternMiner.Mine(SequenceGen.ToCorpus(sessions), new MiningOptions { MinimumSessions = 1 }))
                    {
                        string[] steps = [.. pattern.Steps];
                        var expected = sessions
                            .Select(
                                (session, number) =>
                                    (Number: number, Count: NaiveMiner.CountWithoutOverlap(SequenceGen.NamesOf(session), steps))
                            )
                            .Where(sighting => sighting.Count > 0);

                        Assert.Equal(
                            expected,
                            ((IndexedPattern)pattern.Place).Sightings.Select(sighting => (sighting.Session, sighting.Count))
                        );
                        Assert.All(
                            pattern.ExampleSessions,
                            id =>
                                Assert.True(
                                    NaiveMiner.RawCount(
                                        SequenceGen.NamesOf(
                                            sessions[
                                                int.Parse(id.AsSpan("session-".Length), System.Globalization.CultureInfo.InvariantCulture)
                                            ]
                                        ),
                                        steps
                                    ) > 0
                                )
                        );
                    }
                },
                iter: iterations
            );

    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 300)]
    public void The_order_of_the_patterns_does_not_depend_on_the_order_of_the_sessions(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), Gen.Int)
            .Sample(
                (sessions, seed) =>
                {
                    var shuffled = sessions.ToArray();
                    new Random(seed).Shuffle(shuffled);

                    Assert.Equal(
                        Mine(SequenceGen.ToCorpus(sessions), new MiningOptions()),
                        Mine(SequenceGen.ToCorpus(shuffled), new MiningOptions())
                    );
                },
                iter: iterations
            );

    [Fact]
    public void A_run_of_one_tool_gives_a_pattern_of_every_length_up_to_the_guard()
    {
        var sessions = Enumerable.Repeat(Enumerable.Repeat("Bash", 600).ToArray(), 2).ToArray();

        var patterns = Mine(Corpus.Of(sessions), new MiningOptions { MaximumLength = 500 });

        Assert.Equal(
            Enumerable.Range(2, 499).Select(length => (length, 2 * (601 - length), 2 * (600 / length))),
            patterns.OrderBy(pattern => pattern.Length).Select(pattern => (pattern.Length, pattern.RawCount, pattern.OccurrenceCount))
        );
    }

    [Fact]
    public void Long_sessions_that_are_all_the_same_are_one_pattern()
    {
        var steps = Enumerable.Range(0, 5000).Select(step => $"t{step}").ToArray();

        var pattern = Assert.Single(PatternMiner.Mine(Corpus.Of(Enumerable.Repeat(steps, 20)), new MiningOptions()));

        Assert.Equal((5000, 20, 20, 20), (pattern.Length, pattern.SessionCount, pattern.OccurrenceCount, pattern.RawCount));
        Assert.Equal(steps, pattern.Steps);
    }

    [Fact]
    public void A_hundred_thousand_distinct_activities_are_mined_like_four()
    {
        // Sequences 2i and 2i + 1 are the same hundred steps, which no other sequence has.
        var sessions = Enumerable
            .Range(0, 2000)
            .Select(session => Enumerable.Range(0, 100).Select(step => $"t{session / 2 * 100 + step}").ToArray());
        var corpus = Corpus.Of(sessions);
        Assert.Equal(100_000, corpus.ActivityCount);

        var patterns = PatternMiner.Mine(corpus, new MiningOptions());

        Assert.Equal(1000, patterns.Count);
        Assert.All(patterns, pattern => Assert.Equal((100, 2, 2), (pattern.Length, pattern.SessionCount, pattern.RawCount)));
    }

    [Fact]
    public void Sessions_of_one_step_hold_no_pattern_of_two() =>
        Assert.Empty(PatternMiner.Mine(Corpus.Of([.. Corpus.Repeat("Read", 50)]), new MiningOptions()));

    [Fact]
    public void No_sessions_hold_no_pattern() => Assert.Empty(PatternMiner.Mine(Corpus.Of(), new MiningOptions()));

    [Fact]
    public void The_counts_of_a_large_corpus_are_those_of_looking_for_each_pattern()
    {
        // Large enough for the miner to divide its work, with routines among random steps.
        var random = new Random(20251122);
        string[] tools = ["Read", "Edit", "Bash", "Grep", "Write", "Glob"];
        string[] routine = ["Read", "Edit", "Bash", "Bash"];
        var sessions = Enumerable
            .Range(0, 3000)
            .Select(_ =>
                Enumerable
                    .Range(0, random.Next(1, 40))
                    .SelectMany(_ => random.Next(8) == 0 ? routine : [tools[random.Next(tools.Length)]])
                    .ToArray()
            )
            .ToArray();

        var patterns = PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions { MinimumSessions = 40 });

        Assert.True(patterns.Count > 500);
        for (var i = 0; i < patterns.Count; i += 25)
        {
            string[] steps = [.. patterns[i].Steps];
            Assert.Equal(
                (
                    sessions.Count(session => NaiveMiner.RawCount(session, steps) > 0),
                    sessions.Sum(session => NaiveMiner.RawCount(session, steps)),
                    sessions.Sum(session => NaiveMiner.CountWithoutOverlap(session, steps))
                ),
                (patterns[i].SessionCount, patterns[i].RawCount, patterns[i].OccurrenceCount)
            );
        }
    }

    [Fact]
    public void Mining_stops_when_it_is_asked_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() =>
            PatternMiner.Mine(Corpus.Of("Read Edit", "Read Edit"), new MiningOptions(), stop.Token)
        );
    }

    [Fact]
    public void Examples_are_the_sessions_that_hold_it_most_often_then_by_id()
    {
        var collector = new SequenceCollector();
        foreach (var (session, times) in new[] { ("d", 1), ("a", 1), ("c", 3), ("b", 1) })
            collector.Add(new ToolSequence(session, [.. Enumerable.Repeat(new[] { "Read", "Edit" }, times).SelectMany(steps => steps)]));

        var pattern = PatternMiner.Mine(collector.Build(), new MiningOptions()).Single(pattern => pattern.ToolSequence == "Read→Edit");

        Assert.Equal(["c", "a", "b", "d"], pattern.ExampleSessions);
    }
}
