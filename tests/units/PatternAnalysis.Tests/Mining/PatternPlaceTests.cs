using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What the index tells of a pattern beyond its counts is what a look at every step of every session tells.</summary>
public class PatternPlaceTests
{
    // Calls one after the other, each of one of four sessions: what happened in between lies in the gaps of the others.
    private static readonly Gen<(int Session, int Step)[]> s_calls = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2]).Array[4, 40];

    // Two activities, of which one is judged in three ways.
    private static readonly string[] s_commands = ["git branch", "git branch $(whatever)", "git branch -D old", "git log"];

    [Fact]
    public void A_pattern_tells_when_each_session_was_looked_at_and_where_it_starts_there() =>
        s_calls.Sample(
            calls =>
            {
                foreach (var (place, corpus) in Find(calls, call => $"t{call}", ActivityModel.Tool))
                {
                    Assert.Equal(
                        Holders(place, corpus)
                            .Select(session =>
                            {
                                var (first, last) = (corpus.UtcTicks(session, 0), corpus.UtcTicks(session, corpus.Length(session) - 1));
                                return new SessionSighting(corpus.SessionId(session), Counted(place, corpus, session).Count, first, last);
                            }),
                        place.SeenIn
                    );
                    foreach (var session in Enumerable.Range(0, corpus.Count))
                    {
                        var (starts, ticks) = place.StartsIn(session);
                        Assert.Equal(Starts(place, corpus, session), starts);
                        Assert.Equal(starts.Select(start => corpus.UtcTicks(session, start)), ticks);
                    }
                }
            },
            iter: 25
        );

    [Fact]
    public void Occurrences_outside_of_a_time_are_those_of_the_one_session_that_start_before_or_after_it() =>
        Gen.Select(s_calls, Gen.Int[0, 20], Gen.Int[0, 20])
            .Sample(
                (calls, from, to) =>
                {
                    foreach (var (place, corpus) in Find(calls, call => $"t{call}", ActivityModel.Tool))
                    {
                        // At steps of its own, as those of a reading before are: both ends lie inside.
                        foreach (var session in Enumerable.Range(0, corpus.Count))
                        {
                            var earliest = corpus.UtcTicks(session, from % corpus.Length(session));
                            var latest = corpus.UtcTicks(session, to % corpus.Length(session));
                            Assert.Equal(
                                Counted(place, corpus, session)
                                    .Select(start => corpus.UtcTicks(session, start))
                                    .Count(start => start < earliest || start > latest),
                                place.CountOutside(corpus.SessionId(session), earliest, latest)
                            );
                        }

                        Assert.Equal(0, place.CountOutside("another", 0, 0));
                    }
                },
                iter: 25
            );

    [Fact]
    public void The_first_and_the_last_steps_of_a_pattern_are_found_with_how_often_they_occur() =>
        SequenceGen.Sessions.Sample(
            sessions =>
            {
                var corpus = SequenceGen.ToCorpus(sessions);
                string[][] names = Array.ConvertAll(sessions, SequenceGen.NamesOf);
                foreach (var place in Places(corpus))
                {
                    string[] steps = [.. place.Steps];
                    for (var length = 1; length <= steps.Length; length++)
                    {
                        var (first, last) = (steps[..length], steps[^length..]);
                        Assert.Equal(names.Sum(name => NaiveMiner.RawCount(name, first)), place.RawCountOfEnd(length, last: false));
                        Assert.Equal(names.Sum(name => NaiveMiner.RawCount(name, last)), place.RawCountOfEnd(length, last: true));
                        Assert.Equal(first, Names(place, corpus, place.PrefixNode(length)));
                    }

                    Assert.Equal(steps, corpus.AllSteps.AsSpan(place.FirstPosition, steps.Length).ToArray().Select(corpus.Activity));
                }
            },
            iter: 25
        );

    [Fact]
    public void Parts_are_those_that_occur_at_most_so_often_and_every_pattern_among_them_is_there() =>
        Gen.Select(SequenceGen.Sessions, Gen.Int[0, 40])
            .Sample(
                (sessions, mostOften) =>
                {
                    var corpus = SequenceGen.ToCorpus(sessions);
                    string[][] names = Array.ConvertAll(sessions, SequenceGen.NamesOf);
                    IndexedPattern[] places = [.. Places(corpus)];
                    var patterns = places.ToDictionary(place => place.Node, place => place.Steps.ToArray());
                    foreach (var place in places)
                    {
                        string[] steps = [.. place.Steps];

                        HashSet<int> parts = [.. place.Parts(mostOften)];

                        foreach (var part in parts.Select(node => Names(place, corpus, node).ToArray()))
                        {
                            Assert.True(NaiveMiner.RawCount(steps, part) > 0);
                            Assert.True(names.Sum(name => NaiveMiner.RawCount(name, part)) <= mostOften);
                        }

                        Assert.All(
                            patterns.Where(pattern =>
                                NaiveMiner.RawCount(steps, pattern.Value) > 0
                                && names.Sum(name => NaiveMiner.RawCount(name, pattern.Value)) <= mostOften
                            ),
                            pattern => Assert.Contains(pattern.Key, parts)
                        );
                    }
                },
                iter: 25
            );

    [Fact]
    public void A_pattern_is_as_dangerous_as_the_worst_step_of_any_occurrence_and_of_equals_the_first_is_named() =>
        Commands()
            .Sample(
                calls =>
                {
                    foreach (var (place, corpus) in Find(calls, Command, ActivityModel.Operation))
                    {
                        var steps =
                            from session in Holders(place, corpus)
                            from start in Starts(place, corpus, session)
                            from step in Enumerable.Range(start, place.Length)
                            select corpus.Verdict(session, step);

                        Assert.Equal(steps.MaxBy(verdict => verdict.Level), place.Danger);
                    }
                },
                iter: 25
            );

    [Fact]
    public void Each_occurrence_is_as_dangerous_as_its_steps_and_as_those_of_what_overlaps_it() =>
        Commands()
            .Sample(
                calls =>
                {
                    foreach (var (place, corpus) in Find(calls, Command, ActivityModel.Operation))
                    {
                        var worst = (
                            from session in Holders(place, corpus)
                            from occurrence in Counted(place, corpus, session)
                            let end = occurrence + place.Length
                            let steps = Starts(place, corpus, session)
                                .Where(start => start >= occurrence && start < end)
                                .SelectMany(start => Enumerable.Range(start, place.Length))
                            let step = steps.MaxBy(step => corpus.Level(session, step))
                            select (At: corpus.UtcTicks(session, step), Judged: corpus.Judged(session, step))
                        ).ToArray();
                        int Count(DangerLevel level) => worst.Count(found => found.Judged.Verdict.Level == level);

                        var found = place.Occurrences;

                        Assert.Equal(
                            (Count(DangerLevel.Safe), Count(DangerLevel.Unknown), Count(DangerLevel.Destructive)),
                            (found.Safe, found.Unknown, found.Destructive)
                        );
                        var named = found.Destructive > 0 ? DangerLevel.Destructive : DangerLevel.Unknown;
                        Assert.Equal(
                            worst
                                .Where(entry => entry.Judged.Verdict.Level == named)
                                .OrderBy(entry => entry.At)
                                .Take(5)
                                .Select(entry => (entry.At, entry.Judged.Command ?? entry.Judged.Verdict.Segment, named)),
                            found.Worst.Select(entry => (entry.At!.Value.Ticks, (string?)entry.Command, entry.Level))
                        );
                    }
                },
                iter: 25
            );

    [Fact]
    public void A_variant_holds_the_occurrences_without_a_destructive_step_and_only_where_there_are_some_of_both() =>
        Commands()
            .Sample(
                calls =>
                {
                    var corpus = Read(calls, Command, ActivityModel.Operation);
                    var run = PatternMiner.Run(corpus, new MiningOptions(), CancellationToken.None);
                    foreach (var variant in run.Variants?.Patterns ?? [])
                    {
                        var whole = (IndexedPattern)variant.Whole!.Place;
                        var free =
                            from session in Holders(whole, corpus)
                            from start in Starts(whole, corpus, session)
                            let steps = Enumerable.Range(start, whole.Length)
                            where steps.All(step => corpus.Level(session, step) != DangerLevel.Destructive)
                            select start;

                        Assert.Equal(whole.Steps, variant.Place.Steps);
                        Assert.Equal(free.Count(), variant.RawCount);
                        Assert.InRange(variant.RawCount, 1, whole.RawCount - 1);
                        Assert.NotEqual(DangerLevel.Destructive, variant.Danger.Level);
                        Assert.Equal(DangerLevel.Destructive, whole.Danger.Level);
                    }
                },
                iter: 25
            );

    private static Gen<(int Session, int Step)[]> Commands() => Gen.Select(Gen.Int[0, 3], Gen.Int[0, s_commands.Length - 1]).Array[4, 40];

    private static string Command(int number) => s_commands[number];

    private static SequenceCorpus Read((int Session, int Step)[] calls, Func<int, string> name, ActivityModel model)
    {
        var recorded = new RecordedCalls();
        foreach (var (session, step) in calls)
        {
            if (model == ActivityModel.Tool)
                recorded.Tool($"s{session}", name(step));
            else
                recorded.Bash($"s{session}", name(step));
        }

        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = model });
        recorded.Read(sequencer.StoreQuery, sequencer, default);
        return sequencer.Build();
    }

    private static IEnumerable<(IndexedPattern Place, SequenceCorpus Corpus)> Find(
        (int Session, int Step)[] calls,
        Func<int, string> name,
        ActivityModel model
    ) => Places(Read(calls, name, model)).Select(place => (place, place.Corpus));

    private static IEnumerable<IndexedPattern> Places(SequenceCorpus corpus) =>
        PatternMiner
            .Mine(corpus, new MiningOptions { MinimumSessions = 1, MinimumLength = 1 })
            .Select(pattern => (IndexedPattern)pattern.Place);

    private static IEnumerable<int> Holders(IndexedPattern place, SequenceCorpus corpus) =>
        Enumerable.Range(0, corpus.Count).Where(session => Starts(place, corpus, session).Count > 0);

    // Where it stands in a session, overlapping ones included.
    private static List<int> Starts(IndexedPattern place, SequenceCorpus corpus, int session)
    {
        int[] wanted = place.StepNumbers.ToArray();
        return
        [
            .. Enumerable
                .Range(0, Math.Max(0, corpus.Length(session) - wanted.Length + 1))
                .Where(at => corpus.Steps(session).Slice(at, wanted.Length).SequenceEqual(wanted)),
        ];
    }

    // The same, from left to right without overlap.
    private static List<int> Counted(IndexedPattern place, SequenceCorpus corpus, int session)
    {
        var counted = new List<int>();
        foreach (var start in Starts(place, corpus, session))
        {
            if (counted.Count == 0 || start >= counted[^1] + place.Length)
                counted.Add(start);
        }

        return counted;
    }

    private static IEnumerable<string> Names(IndexedPattern place, SequenceCorpus corpus, int node) =>
        place.Index.Steps(node).ToArray().Select(corpus.Activity);
}
