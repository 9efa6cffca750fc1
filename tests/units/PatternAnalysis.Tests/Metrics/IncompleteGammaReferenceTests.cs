using System.Numerics;
using PatternAnalysis.Metrics;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>The logarithm of the incomplete gamma function against values that are right to more digits than a double has.</summary>
public class IncompleteGammaReferenceTests
{
    // As a share of the shape: far below it, at the borders of what is worked out how, around it, and far above it.
    private static readonly double[] s_shares =
    [
        0.001,
        0.05,
        0.3,
        0.6,
        0.69,
        0.7,
        0.71,
        0.9,
        0.99,
        0.999999,
        1,
        1.000001,
        1.01,
        1.1,
        1.29,
        1.3,
        1.31,
        1.5,
        2,
        3,
        5,
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(150)]
    public void Of_whole_shapes_it_is_the_sum_of_exact_fractions(int shape)
    {
        double[] limits = [.. s_shares.Select(share => share * shape), shape + 1 - 1 / 64.0, shape + 1, shape + 1 + 1 / 64.0, 0.25, 40];
        foreach (var limit in limits.Select(limit => Math.Max(1, Math.Round(limit * Fixed.Parts)) / Fixed.Parts))
        {
            var expected = Fixed.LogLower(shape, limit);

            AssertClose(expected, IncompleteGamma.LogLower(shape, limit), 2e-12, $"P({shape}, {limit})");
        }
    }

    // Abramowitz and Stegun 6.5.16 and table 7.1: P(1/2, x^2) is the error function of x.
    [Theory]
    [InlineData(0.1, 0.112462916018284892203)]
    [InlineData(0.5, 0.520499877813046537683)]
    [InlineData(0.7, 0.677801193837418472976)]
    [InlineData(1.0, 0.842700792949714869341)]
    [InlineData(1.2, 0.910313978229635380238)]
    [InlineData(1.3, 0.934007944940652436604)]
    [InlineData(2.0, 0.995322265018952734162)]
    public void Of_one_half_it_is_the_error_function(double x, double errorFunction)
    {
        AssertClose(Math.Log(errorFunction), IncompleteGamma.LogLower(0.5, x * x), 1e-12, $"erf({x})");

        // 6.5.21: P(a + 1, x) = P(a, x) - x^a e^-x / Gamma(a + 1).
        var next = errorFunction - 2 * x / Math.Sqrt(Math.PI) * Math.Exp(-x * x);
        AssertClose(Math.Log(next), IncompleteGamma.LogLower(1.5, x * x), 1e-12 + 1e-15 / next, $"P(1.5, {x * x})");
    }

    // What is missing to 1 of the error function at 5, 4 and 3.
    [Theory]
    [InlineData(25, 1.537459794428034850e-12)]
    [InlineData(16, 1.541725790028001885e-8)]
    [InlineData(9, 2.209049699858544137e-5)]
    public void Close_to_one_the_distance_from_it_is_exact(double limit, double distance) =>
        AssertClose(
            -distance * (1 + distance / 2 + distance * distance / 3),
            IncompleteGamma.LogLower(0.5, limit),
            1e-12,
            $"P(0.5, {limit})"
        );

    // Gamma(1 + a, x) near 0: P(a, x) = x^a e^-x / Gamma(a + 1) (1 + x / (a + 1) + ...), with Gamma(5/4), Gamma(4/3) and Gamma(29/2) known.
    [Theory]
    [InlineData(0.25, 0.906402477055477077983)]
    [InlineData(1 / 3.0, 0.892979511569249211)]
    [InlineData(13.5, 23092317922.314238)]
    public void Of_fractions_it_begins_as_a_power_over_the_gamma_function(double shape, double gamma)
    {
        const double x = 1e-8;
        AssertClose(
            shape * Math.Log(x) - x - Math.Log(gamma) + x / (shape + 1),
            IncompleteGamma.LogLower(shape, x),
            1e-13,
            $"P({shape}, {x})"
        );
    }

    [Fact]
    public void Far_beyond_the_shape_nothing_is_lost_of_a_distance_that_one_minus_it_does_not_show()
    {
        // 1 - P(3, x) = e^-x (1 + x + x^2 / 2).
        foreach (var x in new[] { 20.0, 30.0, 37.0, 45.0, 100.0, 600.0 })
        {
            var distance = Math.Exp(-x) * (1 + x + x * x / 2);
            AssertClose(-distance * (1 + distance / 2), IncompleteGamma.LogLower(3, x), 1e-12, $"P(3, {x})");
        }
    }

    private static void AssertClose(double expected, double actual, double relative, string what) =>
        Assert.True(
            Math.Abs(expected - actual) <= relative * Math.Abs(expected),
            $"{what}: {expected:R} is expected, {actual:R} comes out, off by {Math.Abs((expected - actual) / expected):E1}"
        );

    /// <summary>Whole numbers of 2^-600.</summary>
    private static class Fixed
    {
        /// <summary>Limits are whole numbers of such parts of 1.</summary>
        public const int Parts = 1 << 20;

        private const int Bits = 600;

        /// <summary>ln P(a, x) of a whole shape: 1 - P = e^-x (1 + x + ... + x^(a-1) / (a-1)!).</summary>
        public static double LogLower(int shape, double limit)
        {
            var x = new BigInteger(limit * Parts);
            BigInteger term = BigInteger.One << Bits,
                below = 0,
                above = 0;
            for (var k = 0; !term.IsZero; k++)
            {
                if (k < shape)
                    below += term;
                else
                    above += term;
                term = term * x / Parts / (k + 1);
            }

            // ln(1 - q) = -(q + q^2 / 2 + ...) where the rest is small, and the difference of two logarithms where it is not.
            return below * 16 > above
                ? Log(above) - Log(above + below)
                : -Enumerable.Range(1, 14).Sum(power => Math.Pow(Math.Exp(Log(below) - Log(above + below)), power) / power);
        }

        private static double Log(BigInteger value) => BigInteger.Log(value);
    }
}
