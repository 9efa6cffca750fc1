using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

public class SessionSpreadTests
{
    [Fact]
    public void What_is_the_same_in_every_session_does_not_vary() => Assert.Equal((1, 1), SessionSpread.Of([2, 2, 2, 2], 4));

    [Fact]
    public void Without_sessions_the_interval_is_the_figure_itself() => Assert.Equal((1, 1), SessionSpread.Of([], 9));

    // The oracle draws sessions anew.
    [Theory]
    [InlineData(3, 90, 1)]
    [InlineData(29, 90, 3)]
    [InlineData(90, 90, 4)]
    [InlineData(10, 1000, 6)]
    public void It_is_the_interval_of_sessions_that_are_drawn_anew(int holding, int sessions, int most)
    {
        var random = new Random(20260302);
        double[] values = [.. Enumerable.Range(0, holding).Select(_ => 1.0 + random.Next(most))];
        var sum = values.Sum();
        var drawn = new double[20_000];
        for (var draw = 0; draw < drawn.Length; draw++)
        {
            for (var i = 0; i < sessions; i++)
                drawn[draw] += random.Next(sessions) is var session && session < holding ? values[session] / sum : 0;
        }

        Array.Sort(drawn);
        var (low, high) = SessionSpread.Of(values, sessions);

        Assert.InRange(low, 0, 1);
        Assert.InRange(high, 1, double.MaxValue);
        Assert.Equal(drawn[(int)(0.025 * drawn.Length)], low, 0.12);
        Assert.Equal(drawn[(int)(0.975 * drawn.Length)], high, 0.12);
    }

    [Fact]
    public void One_session_among_many_says_next_to_nothing()
    {
        var (low, high) = SessionSpread.Of([5], 100);

        Assert.True(low < 0.1);
        Assert.True(high > 2);
    }
}
