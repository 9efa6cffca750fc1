using CsCheck;
using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>A corpus tells of each step what was recorded of it, and so does every corpus that is made of it.</summary>
public class SequenceCorpusTests
{
    private static readonly string[] s_commands = ["git branch", "git branch $(whatever)", "git branch -D old", "git log", "ls"];

    private static readonly Gen<SequenceCorpus> s_corpora = Gen.Select(Gen.Int[0, 3], Gen.Int[0, s_commands.Length - 1])
        .Array[1, 30]
        .Select(Read);

    [Fact]
    public void A_part_of_a_corpus_holds_of_its_sequences_all_that_the_whole_does_in_the_order_asked_for() =>
        Gen.Select(s_corpora, Gen.Int[0, 100].Array[0, 6])
            .Sample(
                (corpus, draws) =>
                {
                    int[] chosen = Array.ConvertAll(draws, draw => draw % corpus.Count);

                    var part = corpus.Select(chosen);

                    Assert.Equal(
                        chosen.Select(sequence => Tell(corpus, sequence)),
                        Enumerable.Range(0, part.Count).Select(i => Tell(part, i))
                    );
                    Assert.Equal(chosen.Sum(corpus.Length), part.StepCount);
                    Assert.Equal(chosen.Select(corpus.Length).DefaultIfEmpty().Max(), part.LongestLength);
                },
                iter: 25
            );

    [Fact]
    public void Levels_of_an_activity_are_the_least_and_the_worst_of_its_steps() =>
        s_corpora.Sample(
            corpus =>
            {
                var levels =
                    from sequence in Enumerable.Range(0, corpus.Count)
                    from step in Enumerable.Range(0, corpus.Length(sequence))
                    select (Activity: corpus.Steps(sequence)[step], corpus.Verdict(sequence, step).Level, sequence);

                foreach (var activity in levels.GroupBy(entry => entry.Activity))
                {
                    Assert.Equal(activity.Max(entry => entry.Level), corpus.WorstLevel(activity.Key));
                    Assert.Equal(activity.Min(entry => entry.Level), corpus.LeastLevel(activity.Key));
                    Assert.Equal(
                        activity.Where(entry => entry.Level != DangerLevel.Safe).Select(entry => entry.sequence).Distinct().Order(),
                        corpus.UnsafeSequences(activity.Key).Order()
                    );
                }

                foreach (var sequence in levels.GroupBy(entry => entry.sequence))
                    Assert.Equal(sequence.All(entry => entry.Level == DangerLevel.Safe), corpus.IsAllSafe(sequence.Key));
            },
            iter: 25
        );

    [Fact]
    public void Destructive_steps_stand_apart_where_their_activity_has_others_and_nothing_else_changes() =>
        s_corpora.Sample(
            corpus =>
            {
                var branches = (
                    from sequence in Enumerable.Range(0, corpus.Count)
                    from step in Enumerable.Range(0, corpus.Length(sequence))
                    where Name(corpus, sequence, step) == "Bash(git branch)"
                    select corpus.Verdict(sequence, step).Level == DangerLevel.Destructive
                ).ToHashSet();

                var apart = corpus.WithDestructiveApart();

                Assert.Equal(branches.Count == 2, apart is not null);
                if (apart is null)
                    return;
                for (var sequence = 0; sequence < corpus.Count; sequence++)
                {
                    Assert.Equal(Tell(corpus, sequence) with { Steps = "" }, Tell(apart, sequence) with { Steps = "" });
                    for (var step = 0; step < corpus.Length(sequence); step++)
                    {
                        var isDestructive = corpus.Verdict(sequence, step).Level == DangerLevel.Destructive;
                        Assert.Equal(Name(corpus, sequence, step) + (isDestructive ? " (destructive)" : ""), Name(apart, sequence, step));
                    }
                }
            },
            iter: 25
        );

    [Fact]
    public void A_sequence_is_seen_from_its_first_step_to_its_last_and_each_call_has_its_time()
    {
        var corpus = Read([(0, 0), (1, 3), (0, 4), (0, 2)]);

        var sequences = corpus.Sequences().ToArray();

        var start = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);
        Assert.Equal(["s0", "s1"], sequences.Select(sequence => sequence.SessionId));
        Assert.Equal((start, start.AddSeconds(3)), (sequences[0].FirstSeen, sequences[0].LastSeen));
        Assert.Equal((start.AddSeconds(1), start.AddSeconds(1)), (sequences[1].FirstSeen, sequences[1].LastSeen));
        Assert.Equal([start, start.AddSeconds(2), start.AddSeconds(3)], sequences[0].Calls.Select(call => call.StartedAt));
        Assert.Equal([DangerLevel.Safe, DangerLevel.Safe, DangerLevel.Destructive], sequences[0].Calls.Select(call => call.Danger!.Level));
        Assert.Equal([3, 1], sequences.Select(sequence => sequence.EventCount));
    }

    [Fact]
    public void Sequences_without_times_have_none_anywhere()
    {
        var corpus = Corpus.Of("Read Edit");

        var sequence = Assert.Single(corpus.Sequences());

        Assert.Equal((null, null), (sequence.FirstSeen, sequence.LastSeen));
        Assert.Equal((0, 0, 0), (corpus.UtcTicks(0, 0), corpus.UtcTicks(0, 1), corpus.EarliestTicks(0)));
        Assert.All(sequence.Calls, call => Assert.Null(call.StartedAt));
        Assert.All(sequence.Calls, call => Assert.Equal((CallOutcome.Unknown, null), (call.Outcome, call.Duration)));
    }

    [Fact]
    public void A_corpus_of_nothing_has_no_longest_sequence() => Assert.Equal(0, Corpus.Of().LongestLength);

    private static SequenceCorpus Read((int Session, int Command)[] calls)
    {
        var recorded = new RecordedCalls();
        foreach (var (session, command) in calls)
            recorded.Bash($"s{session}", s_commands[command]);
        var sequencer = new EventSequencer(new EventQuery(), new ActivityOptions { Model = ActivityModel.Operation });
        recorded.Read(sequencer.StoreQuery, sequencer, default);
        return sequencer.Build();
    }

    private static string Name(SequenceCorpus corpus, int sequence, int step) => corpus.Activity(corpus.Steps(sequence)[step]);

    private static Sequence Tell(SequenceCorpus corpus, int sequence)
    {
        var steps = Enumerable.Range(0, corpus.Length(sequence));
        return new(
            corpus.SessionId(sequence),
            corpus.EventCount(sequence),
            corpus.FirstSeen(sequence),
            corpus.LastSeen(sequence),
            string.Join(' ', steps.Select(step => Name(corpus, sequence, step))),
            string.Join(' ', steps.Select(step => corpus.UtcTicks(sequence, step))),
            string.Join(' ', steps.Select(step => corpus.Judged(sequence, step)))
        );
    }

    private sealed record Sequence(
        string SessionId,
        int EventCount,
        DateTimeOffset? First,
        DateTimeOffset? Last,
        string Steps,
        string Times,
        string Verdicts
    );
}
