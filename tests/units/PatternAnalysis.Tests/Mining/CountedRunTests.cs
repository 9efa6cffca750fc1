using CsCheck;
using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>A run over the counts of a store says what the run over the same sequences in memory says.</summary>
public class CountedRunTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_finds_the_same_patterns_with_the_same_counts_and_danger_in_the_same_order() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options)
            .Sample(
                (sessions, options) =>
                {
                    var runs = CountedRuns.Of(sessions, options);

                    Assert.Equal(Shown(runs.Read), Shown(runs.Counted));
                },
                iter: 20
            );

    [Fact]
    public void It_knows_what_was_read_how_many_steps_there_are_and_when_the_first_and_the_last_happened() =>
        Gen.Select(CountedRuns.Sessions, Gen.Int[0, 20], Gen.Int[1, 200])
            .Sample(
                (sessions, from, length) =>
                {
                    var (read, counted) = CountedRuns.Of(sessions, new MiningOptions { MaximumLength = 2 });
                    var window = new TimeWindow(s_start.AddSeconds(from), s_start.AddSeconds(from + length));

                    Assert.Equal(
                        (read.SessionCount, read.StepCount, read.ObservedTicks, read.Reading, read.CountIn(window)),
                        (counted.SessionCount, counted.StepCount, counted.ObservedTicks, counted.Reading, counted.CountIn(window))
                    );
                    Assert.Equal(sessions.Sum(session => (long)session.Length), counted.StepCount);
                    Assert.Equal((null, read.Rules), (counted.Corpus, counted.Rules));
                },
                iter: 20
            );

    [Fact]
    public void The_first_and_the_last_steps_of_a_pattern_occur_as_often_as_the_sequences_say() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options)
            .Sample(
                (sessions, options) =>
                {
                    var runs = CountedRuns.Of(sessions, options);
                    var texts = runs.TextsOfCounted();
                    foreach (var (read, counted) in runs.Pairs())
                    {
                        for (var length = 1; length <= read.Length; length++)
                        {
                            Assert.Equal(read.Place.RawCountOfEnd(length, last: false), counted.Place.RawCountOfEnd(length, last: false));
                            Assert.Equal(read.Place.RawCountOfEnd(length, last: true), counted.Place.RawCountOfEnd(length, last: true));
                            Assert.Equal(string.Join('→', read.Steps[..length]), texts[counted.Place.PrefixNode(length)]);
                        }

                        Assert.Equal(-1, counted.Place.FirstPosition);
                    }
                },
                iter: 10
            );

    [Fact]
    public void Parts_of_a_pattern_are_those_that_occur_at_most_so_often_and_every_pattern_among_them_is_there() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options, Gen.Int[0, 30])
            .Sample(
                (sessions, options, mostOften) =>
                {
                    var runs = CountedRuns.Of(sessions, options);
                    var patternsRead = runs.Read.Patterns.ToDictionary(pattern => pattern.Place.Node, pattern => pattern.ToolSequence);
                    var patternsCounted = runs.Counted.Patterns.ToDictionary(
                        pattern => pattern.Place.Node,
                        pattern => pattern.ToolSequence
                    );
                    foreach (var (read, counted) in runs.Pairs())
                    {
                        var parts = counted.Place.Parts(mostOften).ToArray();

                        Assert.Equal(Patterns(read.Place.Parts(mostOften), patternsRead), Patterns(parts, patternsCounted));
                        Assert.All(
                            parts,
                            part => Assert.True(runs.Counted.Counts.Counts.Single(count => count.Node == part).RawCount <= mostOften)
                        );
                    }
                },
                iter: 10
            );

    [Fact]
    public void The_sessions_of_a_pattern_are_known_once_it_is_said_that_they_are_going_to_be_asked_for() =>
        Gen.Select(CountedRuns.Sessions, CountedRuns.Options)
            .Sample(
                (sessions, options) =>
                {
                    var runs = CountedRuns.Of(sessions, options);
                    var pairs = runs.Pairs().Where((_, number) => number % 2 == 0).ToArray();
                    runs.Counted.Prepare([.. pairs.Select(pair => pair.Counted)], CancellationToken.None);

                    Assert.Equal(pairs.Select(pair => pair.Counted.Place.Node), ((NaiveCounter)runs.Counted.Counts.Counter).AskedFor);
                    Assert.All(pairs, pair => Assert.Equal(pair.Read.Place.SeenIn, pair.Counted.Place.SeenIn));
                    Assert.All(pairs, pair => Assert.Equal(pair.Read.ExampleSessions, pair.Counted.ExampleSessions));
                    Assert.All(runs.Pairs().Where((_, number) => number % 2 == 1), pair => Assert.Empty(pair.Counted.Place.SeenIn));
                },
                iter: 10
            );

    [Fact]
    public void Occurrences_outside_of_a_time_are_those_that_the_sequences_tell_of() =>
        Gen.Select(CountedRuns.Sessions, Gen.Int[0, 90], Gen.Int[0, 90])
            .Sample(
                (sessions, one, other) =>
                {
                    var (from, to) = (s_start.AddSeconds(Math.Min(one, other)), s_start.AddSeconds(Math.Max(one, other)));
                    foreach (var (read, counted) in CountedRuns.Of(sessions, new MiningOptions { MaximumLength = 4 }).Pairs())
                    {
                        foreach (var session in read.Place.SeenIn.Select(seen => seen.SessionId))
                            Assert.Equal(
                                read.Place.CountOutside(session, from.UtcTicks, to.UtcTicks),
                                counted.Place.CountOutside(session, from.UtcTicks, to.UtcTicks)
                            );
                    }
                },
                iter: 10
            );

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void A_sample_and_the_short_sessions_are_those_of_the_sequences(int number) =>
        CountedRuns.Sessions.Sample(
            sessions =>
            {
                var (read, counted) = CountedRuns.Of(sessions, new MiningOptions { MaximumLength = 2 });
                string Name(int step) => counted.Counts.Activity((char)step);

                var (ofRead, ofCounted) = (read.Sample(number, default)!, counted.Sample(number, default));

                Assert.Equal(ofRead.Starts, ofCounted.Starts);
                Assert.Equal(ofRead.Steps.Select(read.Corpus!.Activity), ofCounted.Steps.Select(Name));
                Assert.True(ofCounted.Steps.Max() < ofCounted.ActivityCount);
                Assert.Equal(
                    read.ShortSequences(number, default).Select(text => string.Join(' ', text.Steps.Select(read.Corpus.Activity))).Order(),
                    counted
                        .ShortSequences(number, default)
                        .SelectMany(text => Enumerable.Repeat(string.Join(' ', text.Steps.Select(Name)), (int)text.Sessions))
                        .Order()
                );
            },
            iter: 10
        );

    [Fact]
    public void A_run_of_one_tool_has_a_pattern_of_every_length_that_is_asked_for()
    {
        var runs = CountedRuns.Of(
            [
                [0, 0, 0, 0, 0, 0, 0],
                [0, 0, 0, 0, 0, 0, 0],
            ],
            new MiningOptions { MaximumLength = 5 }
        );

        Assert.Equal(
            [(2, 12, 6), (3, 10, 4), (4, 8, 2), (5, 6, 2)],
            runs.Counted.Patterns.Select(pattern => (pattern.Length, pattern.RawCount, pattern.OccurrenceCount)).Order()
        );
    }

    [Fact]
    public void Without_a_session_there_is_no_pattern_no_step_and_no_time()
    {
        var (_, counted) = CountedRuns.Of(new RecordedCalls(), new MiningOptions());

        Assert.Empty(counted.Patterns);
        Assert.Equal((0, 0L, (0L, 0L)), (counted.SessionCount, counted.StepCount, counted.ObservedTicks));
        Assert.Equal([0], counted.Sample(1, default).Starts);
    }

    private static IEnumerable<string> Shown(MiningRun run) =>
        PatternMiner
            .InOrder(run, CancellationToken.None)
            .Select(pattern =>
            {
                var danger = pattern.Place.Occurrences;
                return $"{pattern.ToolSequence} {pattern.PatternId} {string.Join('|', pattern.Steps)} {pattern.Length} "
                    + $"{pattern.SessionCount} {pattern.OccurrenceCount} {pattern.RawCount} of {pattern.TotalSessionCount}, "
                    + $"{pattern.Danger.Level} {pattern.Danger.RuleId} {pattern.Danger.Segment} "
                    + $"{danger.Safe} {danger.Unknown} {danger.Destructive} {danger.Worst.Length}";
            });

    private static IEnumerable<string> Patterns(IEnumerable<int> nodes, Dictionary<int, string> texts) =>
        nodes.Where(texts.ContainsKey).Select(node => texts[node]).Distinct().Order(StringComparer.Ordinal);
}
