using CsCheck;
using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Whatever the sequences, looking for what repeats in them costs no more than a number of looks for each step.</summary>
public class SearchEffortTests
{
    private static readonly Gen<SearchEffort> s_effort = Gen.Select(
        Gen.Int[2, 5],
        Gen.Int[1, 12],
        (firstLength, visits) => new SearchEffort(firstLength, visits, FreeVisits: 0)
    );

    [Theory]
    [InlineData(true, 30)]
    [InlineData(false, 3000)]
    public void Up_to_the_length_that_was_reached_nothing_is_missing(bool isSmall, int iterations) =>
        Gen.Select(SequenceGen.Of(isSmall), s_effort)
            .Sample(
                (sessions, effort) =>
                {
                    var corpus = SequenceGen.ToCorpus(sessions);
                    var bounded = Build(corpus, effort);
                    var whole = Build(corpus, new SearchEffort());

                    Assert.Null(whole.LongestLength);
                    var longest = bounded.LongestLength ?? int.MaxValue;
                    Assert.Equal(Nodes(whole, longest), Nodes(bounded, longest));
                },
                iter: iterations
            );

    [Fact]
    public void Two_tools_in_turn_are_followed_only_so_far_and_the_run_says_so()
    {
        var session = Enumerable.Range(0, 20_000).Select(place => place % 2 == 0 ? "Read" : "Edit").ToArray();
        var corpus = Corpus.Of([session, session, session]);
        var effort = new SearchEffort(FreeVisits: 0);

        var index = Build(corpus, effort);

        Assert.InRange(index.LongestLength!.Value, effort.FirstLength, session.Length - 1);
        var found = FoundPatterns.Of([], index.LongestLength);
        Assert.Equal(
            [$"Patterns of more than {index.LongestLength} steps were not looked for: these events repeat themselves too much."],
            found.GivenUp
        );
    }

    // Each length that is followed costs a look at every second step: what begins with the other tool is always preceded by the first.
    [Theory]
    [InlineData(1, 12, 12)]
    [InlineData(5, 12, 12)]
    [InlineData(10, 12, 21)]
    [InlineData(40, 12, 82)]
    [InlineData(8, 64, 64)]
    [InlineData(12, 2, 25)]
    [InlineData(30, 2, 61)]
    [InlineData(30, 16, 61)]
    public void Lengths_are_followed_as_far_as_the_looks_at_each_step_allow_and_up_to_the_first_whatever_it_costs(
        int visitsForStep,
        int firstLength,
        int expected
    )
    {
        var session = Enumerable.Range(0, 2_000).Select(place => place % 2 == 0 ? "Read" : "Edit").ToArray();

        var index = Build(Corpus.Of([session, session]), new SearchEffort(firstLength, visitsForStep, FreeVisits: 0));

        Assert.InRange(index.LongestLength!.Value, expected - 1, expected + 1);
    }

    [Fact]
    public void What_is_given_up_beyond_some_length_is_complete_up_to_it()
    {
        var session = Enumerable.Range(0, 200).Select(place => place % 2 == 0 ? "Read" : "Edit").ToArray();

        var index = Build(Corpus.Of([session, session]), new SearchEffort(FirstLength: 5, VisitsForStep: 1, FreeVisits: 0));

        Assert.Equal(5, index.LongestLength);
        var sessions = index.Sessions(Enumerable.Range(0, index.NodeCount).Single(node => index[node].Length == 5));
        Assert.Equal((true, 98, 33), (sessions.MoveNext(), sessions.RawCount, sessions.OccurrenceCount));
        Assert.Equal((true, 98, 33), (sessions.MoveNext(), sessions.RawCount, sessions.OccurrenceCount));
        Assert.False(sessions.MoveNext());
    }

    [Fact]
    public void Of_more_patterns_than_can_be_measured_those_in_the_most_sessions_are_and_the_run_says_so()
    {
        var random = new Random(1);
        string[][] sessions =
        [
            .. Enumerable.Range(0, 500).Select(_ => Enumerable.Range(0, 2_400).Select(_ => "Tool" + random.Next(6)).ToArray()),
        ];

        var patterns = PatternMiner.Mine(Corpus.Of(sessions), new MiningOptions());

        Assert.Equal(FoundPatterns.Most, patterns.Count);
        Assert.Contains(
            "repeated sequences the 250,000 in the most sessions are measured",
            Assert.Single(PatternMiner.GivenUpBeside(patterns))
        );
        Assert.Equal(36, patterns.Count(pattern => pattern.Length == 2));
    }

    [Fact]
    public void Of_all_lengths_together_those_in_the_most_sessions_are_kept_and_one_sentence_says_so()
    {
        string[][] sessions =
        [
            .. Enumerable.Repeat(new[] { "Read", "Edit" }, 3),
            .. Enumerable.Repeat(new[] { "Plan", "Build" }, 2),
            .. Enumerable.Repeat(new[] { "Read", "Edit", "Test" }, 9),
            .. Enumerable.Repeat(new[] { "Plan", "Build", "Ship" }, 4),
        ];
        var all = WholeSequences.Find(Corpus.Of(sessions), new MiningOptions { WholeSequence = true }, CancellationToken.None);

        var kept = FoundPatterns.Of([.. all.Patterns.Select(pattern => new FoundNode(pattern.Index, pattern.Node))], null, most: 2);

        Assert.Equal([9, 4], kept.Patterns.Select(pattern => pattern.SessionCount));
        Assert.StartsWith($"Of {all.Patterns.Count} repeated sequences the 2 in the most sessions", Assert.Single(kept.GivenUp));
    }

    private static SequenceIndex Build(SequenceCorpus corpus, SearchEffort effort) =>
        IndexBuilder.Build(corpus, new MiningOptions { MinimumSessions = 1 }, CancellationToken.None, effort);

    private static IEnumerable<string> Nodes(SequenceIndex index, int longest) =>
        Enumerable
            .Range(0, index.NodeCount)
            .Where(node => index[node].Length > 0 && index[node].Length <= longest)
            .Select(node => $"{string.Join(' ', index.Steps(node).ToArray())}: {CountsOf(index[node])}")
            .Order(StringComparer.Ordinal);

    private static (int, int, int, bool) CountsOf(in SequenceIndex.Node node) =>
        (node.SessionCount, node.RawCount, node.OccurrenceCount, node.IsClosed);
}
