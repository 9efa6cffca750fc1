using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Of too many patterns the rarest are left out, and what was given up is said.</summary>
public class FoundPatternsTests
{
    [Fact]
    public void Nothing_is_given_up_where_all_can_be_measured_and_no_length_was_too_much()
    {
        var found = FoundPatterns.Of(Nodes("a b c", "c b a"), longestLength: null, most: 3);

        Assert.Equal((3, 0), (found.Patterns.Count, found.GivenUp.Count));
    }

    [Fact]
    public void Beyond_which_length_nothing_was_looked_for_is_said() =>
        Assert.Equal(
            ["Patterns of more than 1,024 steps were not looked for: these events repeat themselves too much."],
            FoundPatterns.Of([], longestLength: 1024).GivenUp
        );

    [Fact]
    public void Both_are_said_each_in_a_sentence()
    {
        var found = FoundPatterns.Of(Nodes("a b c", "c b a"), longestLength: 64, most: 2);

        Assert.Equal(
            [
                "Patterns of more than 64 steps were not looked for: these events repeat themselves too much.",
                "Of 3 repeated sequences the 2 in the most sessions are measured; "
                    + "ask for more sessions (MinOccurrences), or for a shorter time.",
            ],
            found.GivenUp
        );
    }

    // c is in three sessions, the others in two: b four times, the rest twice.
    [Theory]
    [InlineData(1, "c")]
    [InlineData(2, "c|b")]
    [InlineData(3, "c|b|x→y")]
    [InlineData(4, "c|b|x→y|c→b")]
    [InlineData(5, "c|b|x→y|c→b|x")]
    public void Those_in_the_most_sessions_are_kept_then_the_most_frequent_then_the_longest_then_the_first(int most, string kept)
    {
        var found = FoundPatterns.Of(Nodes("x y q", "x y c", "c b b", "c b a b", "a"), null, most);

        Assert.Equal(kept.Split('|'), found.Patterns.Select(pattern => string.Join('→', pattern.Steps)));
    }

    private static FoundNode[] Nodes(params string[] sessions)
    {
        var index = IndexBuilder.Build(Corpus.Of(sessions), new MiningOptions(), CancellationToken.None);
        return
        [
            .. Enumerable
                .Range(0, index.NodeCount)
                .Where(node => index[node].Length > 0)
                .Select(node => new FoundNode(index, node))
                .Reverse(),
        ];
    }
}
