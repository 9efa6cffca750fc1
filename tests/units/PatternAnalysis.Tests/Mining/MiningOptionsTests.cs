using PatternAnalysis.Mining;

namespace PatternAnalysis.Tests.Mining;

/// <summary>Options that can find nothing are refused before any work.</summary>
public class MiningOptionsTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 3)]
    [InlineData(50, 2, MiningOptions.LengthGuard)]
    public void Lengths_that_some_pattern_can_have_are_taken(int sessions, int shortest, int longest) =>
        Of(sessions, shortest, longest).Check();

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(-1, 1, 1)]
    public void Nothing_may_be_less_than_one(int sessions, int shortest, int longest) =>
        Assert.Equal(ErrorCatalogue.InvalidOption, Refused(Of(sessions, shortest, longest)).Error);

    [Fact]
    public void The_shortest_pattern_is_not_longer_than_the_longest()
    {
        var refused = Refused(Of(2, 4, 3));

        Assert.Equal(ErrorCatalogue.InvalidLength, refused.Error);
        Assert.Equal("A pattern can't have at least 4 and at most 3 steps. Ask for fewer, or allow more.", refused.Message);
    }

    [Theory]
    [InlineData(0, 200_000_000)]
    [InlineData(500_000, 200_000_000)]
    [InlineData(500_001, 200_000_400)]
    [InlineData(10_000_000, 4_000_000_000)]
    public void A_search_may_look_at_each_step_four_hundred_times_and_at_a_few_steps_as_often_as_it_takes(long steps, long visits) =>
        Assert.Equal(visits, new SearchEffort().Of(steps));

    private static PatternAnalysisException Refused(MiningOptions options) => Assert.Throws<PatternAnalysisException>(options.Check);

    private static MiningOptions Of(int sessions, int shortest, int longest) =>
        new()
        {
            MinimumSessions = sessions,
            MinimumLength = shortest,
            MaximumLength = longest,
        };
}
