using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>The chance of so many or more events of a Poisson process, against the sum of the single chances.</summary>
public class IncompleteGammaTests
{
    [Theory]
    [InlineData(0.000001)]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3.7)]
    [InlineData(9.5)]
    [InlineData(12)]
    [InlineData(30)]
    public void It_is_the_chance_of_so_many_or_more(double mean)
    {
        for (var count = 1; count <= 40; count++)
        {
            // The tail itself, smallest addend first: nothing cancels, and beyond 400 nothing is left.
            var tail = 0.0;
            for (var n = 400; n >= count; n--)
                tail += Math.Exp(n * Math.Log(mean) - mean - LogFactorial(n));

            Assert.Equal(Math.Log(tail), IncompleteGamma.LogLower(count, mean), 1e-9 * Math.Max(1, Math.Abs(Math.Log(tail))));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -0.001)]
    [InlineData(1, double.NaN)]
    public void Shapes_and_limits_that_are_none_are_refused(double shape, double limit) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IncompleteGamma.LogLower(shape, limit));

    [Fact]
    public void The_ends_are_exact()
    {
        Assert.Equal(double.NegativeInfinity, IncompleteGamma.LogLower(3, 0));
        Assert.Equal(0, IncompleteGamma.LogLower(3, double.PositiveInfinity));
        Assert.Equal(0, IncompleteGamma.LogLower(3, 10_000));
    }

    private static double LogFactorial(int n)
    {
        var sum = 0.0;
        for (var factor = 2; factor <= n; factor++)
            sum += Math.Log(factor);
        return sum;
    }
}
