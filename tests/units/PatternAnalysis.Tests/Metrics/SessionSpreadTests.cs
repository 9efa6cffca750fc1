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

    // Each session of a team holds a routine with some chance, and then some times: the interval is to hold what a team's sessions mean.
    [Theory]
    [InlineData(60, 0.5)]
    [InlineData(90, 0.3)]
    [InlineData(300, 0.1)]
    [InlineData(2500, 0.05)]
    public void In_simulations_it_holds_the_truth_in_about_ninety_five_of_a_hundred_data_sets(int sessions, double share)
    {
        var random = new Random(20260302);
        var (held, trials) = (0, 400);
        for (var trial = 0; trial < trials; trial++)
        {
            double[] values = [.. Enumerable.Range(0, sessions).Where(_ => random.NextDouble() < share).Select(_ => 1.0 + random.Next(4))];
            var (low, high) = SessionSpread.Of(values, sessions);
            var truth = sessions * share * 2.5;
            held += values.Sum() * low <= truth && truth <= values.Sum() * high ? 1 : 0;
        }

        Assert.InRange(held / (double)trials, 0.92, 0.98);
    }

    [Fact]
    public void It_is_the_same_whenever_it_is_asked_for_and_whatever_was_asked_for_between()
    {
        double[] values = [3, 1, 4, 1, 5];
        var once = SessionSpread.Of(values, 50);

        SessionSpread.Of([2, 7], 1500);

        Assert.Equal(once, SessionSpread.Of(values, 50));
    }

    [Fact]
    public void Groups_of_sessions_vary_as_sessions_do()
    {
        double[] values = [.. Enumerable.Repeat(1.0, 300)];

        var (low, high) = SessionSpread.Of(values, 1000);
        var (lowOfGroups, highOfGroups) = SessionSpread.Of(values, 1001);

        Assert.Equal(low, lowOfGroups, 0.03);
        Assert.Equal(high, highOfGroups, 0.03);
        Assert.Equal((1.0, 1.0), SessionSpread.Of([.. Enumerable.Repeat(1.0, 3000)], 3000));
    }

    [Fact]
    public void One_session_among_many_says_next_to_nothing()
    {
        var (low, high) = SessionSpread.Of([5], 100);

        Assert.Equal(0, low);
        Assert.True(high > 2);
    }
}
