using PatternAnalysis.Activities;
using PatternAnalysis.Danger;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;
using PatternAnalysis.Tests.Worth;

namespace PatternAnalysis.Tests.Sequences;

/// <summary>Sequences that come down a pipeline are one corpus, and say what they said before.</summary>
public class SequenceCollectorTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_sequences_of_one_reading_are_that_reading_again_with_all_that_is_known_of_them()
    {
        var corpus = Read("git branch -D old", "git log", "git branch");

        var again = Collect(corpus.Sequences());

        Assert.Equal(corpus.Sequences().Select(Tell), again.Sequences().Select(Tell));
        Assert.Same(corpus.Reading, again.Reading);
        Assert.Same(corpus.Origin, again.Origin);
        Assert.Same(corpus.Records!.Catalog, again.Records!.Catalog);
        Assert.Same(corpus.Rules, again.Rules);
        Assert.Equal(
            Enumerable.Range(0, corpus.StepCount).Select(position => corpus.Records[position]),
            Enumerable.Range(0, again.StepCount).Select(position => again.Records[position])
        );
    }

    [Fact]
    public void Some_of_them_in_another_order_keep_what_is_known_of_each()
    {
        var corpus = Read("git branch -D old", "git log", "git branch", "git log -3", "git status");
        ToolSequence[] sequences = [.. corpus.Sequences()];

        var again = Collect([sequences[1], sequences[0]]);

        Assert.Equal(new[] { sequences[1], sequences[0] }.Select(Tell), again.Sequences().Select(Tell));
        Assert.Equal(
            Enumerable.Range(0, sequences[1].Steps.Length).Select(step => corpus.Records![corpus.Starts[1] + step].Facts),
            Enumerable.Range(0, sequences[1].Steps.Length).Select(step => again.Records![step].Facts)
        );
    }

    [Fact]
    public void Of_several_readings_nothing_is_told_that_only_one_of_them_knows()
    {
        var (one, other) = (Read("git log", "git branch"), Read("git branch -D old", "make"));

        var both = Collect([.. one.Sequences(), .. other.Sequences()]);

        Assert.Equal(one.Sequences().Concat(other.Sequences()).Select(Tell), both.Sequences().Select(Tell));
        Assert.Same(EventReading.None, both.Reading);
        Assert.Equal((null, null), (both.Origin, both.Records));
    }

    [Fact]
    public void One_that_was_made_by_hand_among_those_of_a_reading_makes_them_sequences_of_no_reading()
    {
        var corpus = Read("git log", "git branch");
        var made = new ToolSequence("mine", ["Read", "Edit"], s_start, s_start.AddMinutes(2));

        foreach (
            ToolSequence[] all in (ToolSequence[][])
                [
                    [made, .. corpus.Sequences()],
                    [.. corpus.Sequences(), made],
                ]
        )
        {
            var both = Collect(all);

            Assert.Equal(all.Select(Tell), both.Sequences().Select(Tell));
            Assert.Same(EventReading.None, both.Reading);
            Assert.Equal((null, null), (both.Origin, both.Records));
        }
    }

    [Fact]
    public void Of_a_sequence_that_was_made_by_hand_the_ends_are_known_and_names_are_judged_and_masked()
    {
        var corpus = Collect([
            new ToolSequence(
                "mine",
                ["Read", "mcp__db__drop_table", "token ghp_0123456789abcdefghijklmnopqrstuvwxyzAB"],
                s_start,
                s_start.AddMinutes(2)
            ),
            new ToolSequence("short", ["Read"], s_start),
            new ToolSequence("timeless", ["Read", "Read"]),
        ]);
        ToolSequence[] sequences = [.. corpus.Sequences()];

        Assert.Equal([s_start, s_start, s_start.AddMinutes(2)], sequences[0].Calls.Select(call => call.StartedAt));
        Assert.Equal((s_start, s_start), (sequences[1].FirstSeen, sequences[1].LastSeen));
        Assert.Equal((null, null), (sequences[2].FirstSeen, sequences[2].LastSeen));
        Assert.Equal(DangerLevel.Destructive, corpus.Verdict(0, 1).Level);
        Assert.Equal(DangerLevel.Safe, corpus.Verdict(0, 0).Level);
        Assert.DoesNotContain("0123456789", sequences[0].Text, StringComparison.Ordinal);
        Assert.Equal([3, 1, 2], sequences.Select(sequence => sequence.EventCount));
        Assert.Equal(3, corpus.ActivityCount);
    }

    [Fact]
    public void A_collector_counts_what_it_was_given_and_refuses_nothing()
    {
        var collector = new SequenceCollector();
        Assert.Equal((0, 0), (collector.Count, collector.Build().Count));
        collector.Add(new ToolSequence("mine", ["Read"]));
        collector.Add(new ToolSequence("mine", ["Read"]));

        Assert.Equal((2, 2), (collector.Count, collector.Build().Count));
        Assert.Throws<ArgumentNullException>(() => collector.Add(null!));
    }

    [Fact]
    public void A_sequence_has_a_session_and_steps_with_names()
    {
        Assert.Throws<ArgumentException>(() => new ToolSequence("", ["Read"]));
        Assert.Throws<ArgumentNullException>(() => new ToolSequence(null!, ["Read"]));
        Assert.Throws<ArgumentNullException>(() => new ToolSequence("s", null!));
        foreach (
            var steps in (string[][])
                [
                    [],
                    ["Read", ""],
                    [null!],
                ]
        )
            Assert.StartsWith(
                "The sequence of session 's' needs at least one step, and no step may be empty.",
                Assert.Throws<ArgumentException>(() => new ToolSequence("s", steps)).Message,
                StringComparison.Ordinal
            );
        var sequence = new ToolSequence("s", ["Read", "a\u202eb"], s_start);
        Assert.Equal(("Read→a\\u202Eb", 2), (sequence.ToString(), sequence.EventCount));
        Assert.DoesNotContain(sequence.Steps, step => step.Contains('\u202e', StringComparison.Ordinal));
        Assert.Null(sequence.Source);
    }

    private static SequenceCorpus Read(params string[] commands)
    {
        var calls = new RecordedCalls();
        foreach (var (number, command) in commands.Index())
            calls
                .Call($"s{number % 2}", "Bash", "command", command, message: number > 0 ? "m1" : null, call: $"c{number}")
                .End($"s{number % 2}", "Bash", $"c{number}", failed: number == 1, error: "no such branch");
        return Appraisals.Corpus(calls, model: ActivityModel.Operation);
    }

    private static SequenceCorpus Collect(IEnumerable<ToolSequence> sequences)
    {
        var collector = new SequenceCollector();
        foreach (var sequence in sequences)
            collector.Add(sequence);
        return collector.Build();
    }

    private static string Tell(ToolSequence sequence) =>
        $"{sequence.SessionId} {sequence.FirstSeen:O} {sequence.LastSeen:O} {sequence.EventCount} {sequence.Text}: "
        + string.Join(
            '|',
            sequence.Source is null
                ? sequence.Steps
                : sequence.Calls.Select(call => sequence.SessionId == "mine" ? call.Activity : $"{call}")
        );
}
