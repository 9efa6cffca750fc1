using PatternAnalysis.Tests.Mining;

namespace PatternAnalysis.Tests.Metrics;

/// <summary>
/// The twin of the statistics: the formulas of their definition, term by term, with every count taken from the sessions themselves and
/// every cut tried. Nothing is shared with the product, the incomplete gamma function included.
/// </summary>
internal sealed class NaiveSelfSufficiency(string[][] sessions, int minimumSessions, double minimumLift)
{
    public sealed record Result(double LogP, double Expected, double Dispersion);

    /// <summary>The cut that is hardest to beat; when several give p = 1, the first of them.</summary>
    public Result Test(string[] pattern)
    {
        var worst = new Result(double.NegativeInfinity, double.NaN, double.NaN);
        for (var at = 1; at < pattern.Length; at++)
        {
            var (u, v) = (pattern[..at], pattern[at..]);
            foreach (
                var (longer, shorter) in u.Length > v.Length ? [(u, v)]
                : u.Length < v.Length ? [(v, u)]
                : new[] { (u, v), (v, u) }
            )
            {
                var result = TestCut(pattern, longer, shorter);
                if (result.LogP > worst.LogP)
                    worst = result;
            }
        }

        return worst;
    }

    private Result TestCut(string[] pattern, string[] longer, string[] shorter)
    {
        double c = sessions.Sum(session => NaiveMiner.RawCount(session, pattern));
        double t = sessions.Sum(session => NaiveMiner.CountWithoutOverlap(session, pattern));
        var inside = NaiveMiner.RawCount(longer, shorter);
        var strata = sessions
            .Select(session =>
            {
                double x = NaiveMiner.RawCount(session, longer);
                double b = Math.Max(0, NaiveMiner.RawCount(session, shorter) - inside);
                double g = session.Length - longer.Length + 1;
                var e = x == 0 ? 0 : x * b / g;
                var v = x == 0 ? 0 : e - e * e + (g > 1 ? x * (x - 1) * b * (b - 1) / (g * (g - 1)) : 0);
                return (E: e, V: Math.Min(Math.Max(v, 0), e), T: (double)NaiveMiner.CountWithoutOverlap(session, pattern));
            })
            .ToArray();

        var expected = t / c * strata.Sum(stratum => stratum.E);
        if (minimumLift * expected >= t * (1 - 1e-9))
            return new Result(0, expected, double.NaN);

        var rho = t / expected;
        var phi = Math.Max(
            Math.Max(
                strata.Sum(stratum => stratum.V) / strata.Sum(stratum => stratum.E),
                strata.Sum(stratum => Math.Pow(stratum.T - rho * t / c * stratum.E, 2)) / t
            ),
            0.001
        );
        if (SmallestPeriod(pattern) * 2 <= pattern.Length)
            phi = Math.Max(phi, 1);

        var logP =
            LogLowerGamma(t / phi, minimumLift * expected / phi) - LogLowerGamma(minimumSessions / phi, minimumLift * expected / phi);
        return new Result(Math.Min(0, logP), expected, phi);
    }

    private static int SmallestPeriod(string[] pattern) =>
        Enumerable
            .Range(1, pattern.Length)
            .First(period => Enumerable.Range(period, pattern.Length - period).All(i => pattern[i] == pattern[i - period]));

    /// <summary>ln P(a, x) by its power series alone, which converges for every x, however slowly.</summary>
    public static double LogLowerGamma(double a, double x)
    {
        double sum = 1,
            term = 1,
            logScale = 0;
        for (var n = 1; term > sum * 1e-18; n++)
        {
            term *= x / (a + n);
            sum += term;
            if (sum < 1e250)
                continue;
            (sum, term) = (sum * 1e-250, term * 1e-250);
            logScale += 250 * Math.Log(10);
        }

        return Math.Min(0, a * Math.Log(x) - x - LogGamma(a + 1) + Math.Log(sum) + logScale);
    }

    // Lanczos's approximation with g = 7 and nine terms.
    private static double LogGamma(double z)
    {
        double[] p =
        [
            0.99999999999980993,
            676.5203681218851,
            -1259.1392167224028,
            771.32342877765313,
            -176.61502916214059,
            12.507343278686905,
            -0.13857109526572012,
            9.9843695780195716e-6,
            1.5056327351493116e-7,
        ];
        var sum = p[0];
        for (var i = 1; i < p.Length; i++)
            sum += p[i] / (z - 1 + i);
        var t = z - 1 + 7.5;
        return 0.5 * Math.Log(2 * Math.PI) + (z - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
