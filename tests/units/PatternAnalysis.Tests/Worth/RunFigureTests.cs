using PatternAnalysis.Worth;

namespace PatternAnalysis.Tests.Worth;

/// <summary>How the figures of a run are said.</summary>
public class RunFigureTests
{
    [Fact]
    public void They_say_the_same_in_words_whatever_the_language()
    {
        Assert.Equal("$12.35 spent, $1.50 could go", new RunMoney(3, 12.345m, 2, 1.5m, 1, 2).ToString());
        Assert.Equal("3 routines, 12 turns, $1.50", new RunSaving(3, 12.4, 5, 1.5, 1, 2, TimeSpan.Zero, false).ToString());
        Assert.Equal("7 turns, $0.50", new RunSpending(7, 5, 0.5m, 0, TimeSpan.Zero, TimeSpan.Zero).ToString());
        Assert.Equal("0 routines, 0 turns, $0.00", RunSaving.None.ToString());
        Assert.Equal("0 loops, 0 failing steps, 0 turns", RunGuidance.None.ToString());
    }

    [Fact]
    public void A_saving_without_occurrences_hits_none_of_them()
    {
        Assert.Equal((0.0, 0.0), (new Saving().HitShare, new Saving().Worth));
        Assert.Equal((0.25, 2.0), (Half().HitShare, Half().Worth));
    }

    private static Saving Half() =>
        new()
        {
            Occurrences = 8,
            Hits = 2,
            Cost = 8,
        };
}
