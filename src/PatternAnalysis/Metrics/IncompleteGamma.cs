namespace PatternAnalysis.Metrics;

/// <summary>The regularised lower incomplete gamma function P(a, x), in log space: for integer a it is Pr(Poisson(x) >= a).</summary>
/// <remarks>Series and continued fraction after Abramowitz and Stegun 6.5.29 and 6.5.31, as in Numerical Recipes 6.2; relative error below
/// 1e-12.</remarks>
public static class IncompleteGamma
{
    private const double Tiny = 1e-300;

    // B_2k / (2k (2k - 1)), the coefficients of Stirling's series for ln Gamma (Abramowitz and Stegun 6.1.41): from 10 on the next one
    // adds less than 2e-14.
    private static readonly double[] s_stirling = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188];

    /// <summary>ln P(a, x).</summary>
    /// <param name="a">The shape; above 0.</param>
    /// <param name="x">The upper limit of the integral; at least 0.</param>
    /// <returns>A value of at most 0; minus infinity for x = 0.</returns>
    public static double LogLower(double a, double x)
    {
        if (!(a > 0) || !double.IsFinite(a))
            throw new ArgumentOutOfRangeException(nameof(a), a, "The shape must be above 0.");
        if (!(x >= 0))
            throw new ArgumentOutOfRangeException(nameof(x), x, "The limit must be at least 0.");
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x))
            return 0;

        return x < a + 1
            ? Math.Min(0, LogDensity(a, x) + Math.Log(Series(a, x)))
            : Log1MinusExp(LogDensity(a, x) + Math.Log(a) + Math.Log(ContinuedFraction(a, x)));
    }

    // P(a, x) = density * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...)
    private static double Series(double a, double x)
    {
        double sum = 1,
            term = 1;
        for (var n = 1; term > sum * 1e-17; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    // 1 - P(a, x) = density * a * f, with f by the modified Lentz method.
    private static double ContinuedFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var f = d;
        for (var n = 1; n < 100_000; n++)
        {
            var an = -n * (n - a);
            b += 2;
            d = an * d + b;
            c = b + an / c;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            var factor = c * d;
            f *= factor;
            if (Math.Abs(factor - 1) < 1e-16)
                break;
        }

        return f;
    }

    /// <summary>ln( x^a e^-x / Gamma(a + 1) ), written as a deviance so that nothing cancels for large a.</summary>
    private static double LogDensity(double a, double x)
    {
        if (a < 10)
            return a * Math.Log(x) - x - LogGammaOfOnePlus(a);

        var inverse = 1 / a;
        double correction = 0,
            power = inverse;
        foreach (var coefficient in s_stirling)
        {
            correction += coefficient * power;
            power *= inverse * inverse;
        }

        return a * LogMinusDistance(x, a) - 0.5 * Math.Log(2 * Math.PI * a) - correction;
    }

    /// <summary>ln(1 + y) - y for y = (x - a) / a.</summary>
    private static double LogMinusDistance(double x, double a)
    {
        // Far below a, 1 + y would lose what x / a has.
        var y = (x - a) / a;
        if (Math.Abs(y) > 0.3)
            return Math.Log(x / a) - y;

        double sum = 0,
            power = -y * y;
        for (var n = 2; Math.Abs(power / n) > Math.Abs(sum) * 1e-18 && power != 0; n++)
        {
            sum += power / n;
            power *= -y;
        }

        return sum;
    }

    /// <summary>ln Gamma(1 + a) for a below 10, by Stirling's series after shifting the argument up.</summary>
    private static double LogGammaOfOnePlus(double a)
    {
        double product = 1,
            z = a + 1;
        for (; z < 15; z++)
            product *= z;

        double sum = (z - 0.5) * Math.Log(z) - z + 0.5 * Math.Log(2 * Math.PI),
            power = 1 / z;
        foreach (var coefficient in s_stirling)
        {
            sum += coefficient * power;
            power /= z * z;
        }

        return sum - Math.Log(product);
    }

    /// <summary>ln(1 - e^y) for y below -ln 2, where all limits above the mean are: the median lies below it.</summary>
    private static double Log1MinusExp(double y)
    {
        // What 1 - t loses by rounding is made up for (Kahan).
        var t = Math.Exp(y);
        var rest = 1 - t;
        return rest == 1 ? -t : Math.Log(rest) * (t / (1 - rest));
    }
}
