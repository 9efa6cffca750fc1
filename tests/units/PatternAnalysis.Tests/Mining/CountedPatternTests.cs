using PatternAnalysis.Mining;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Tests.Mining;

/// <summary>What a store counts is told as it is, or not at all.</summary>
public class CountedPatternTests
{
    [Fact]
    public void Counts_that_are_too_large_are_an_error_and_no_other_number()
    {
        var corpus = CountedRuns
            .Of(
                [
                    [0, 1],
                    [0, 1],
                ],
                new MiningOptions()
            )
            .Counted.Counts;
        var huge = new CountedPattern(corpus, new SequenceCount(1, "!\"", 3_000_000_000, 2_500_000_000, 2, 1e18));

        Assert.Throws<OverflowException>(() => huge.RawCount);
        Assert.Throws<OverflowException>(() => huge.OccurrenceCount);
        Assert.Equal((2, 1e18), (huge.SessionCount, huge.SquaredCount));
    }

    [Fact]
    public void A_session_is_asked_for_once()
    {
        var runs = CountedRuns.Of(new RecordedCalls().Tool("a", "Read").Tool("a", "Edit"), new MiningOptions());
        var corpus = runs.Counted.Counts;

        Assert.Same(corpus.ReadSession("a").Ticks, corpus.ReadSession("a").Ticks);
        Assert.Equal(["Read", "Edit"], corpus.ReadSession("a").Steps.Select(corpus.Activity));
    }
}
