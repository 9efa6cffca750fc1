namespace PatternAnalysis.Effect;

/// <summary>
/// 95 % intervals for a ratio of rates in which sessions, not calls, are the witnesses: forty occurrences in one session are one witness.
/// </summary>
/// <remarks>
/// A bootstrap-t (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 12) on the logarithm of the ratio: whole sessions
/// are drawn anew on each side, and the interval uses the quantiles of (estimate* - estimate) / standard error*, or those of Student's t
/// where they are wider, as they are with few sessions. The standard error is the linearised one of a ratio of sums, each residual divided
/// by one minus its session's share of the exposure. In simulations the interval holds the truth in 93 to 96 of 100 data sets
/// (SessionBootstrapTests). O(draws x sessions) time.
/// </remarks>
internal static class SessionBootstrap
{
    /// <summary>How often sessions are drawn.</summary>
    public const int Draws = 2000;

    /// <summary>Added to each side's count, so that a side without an occurrence has a finite rate.</summary>
    private const double Continuity = 0.5;

    private const ulong Seed = 20260302;

    /// <summary>The ratio of the rates and its interval.</summary>
    public static RateRatio Compare(string name, IReadOnlyList<ExposedSession> before, IReadOnlyList<ExposedSession> after)
    {
        var sides = (Before: Side(before), After: Side(after));
        if (sides.Before.Exposure == 0 || sides.After.Exposure == 0)
            return new RateRatio(name, sides.Before, sides.After, null, null, null);

        var (rateBefore, rateAfter) = (LogRate.Of(before), LogRate.Of(after));
        var estimate = rateAfter.Value - rateBefore.Value;
        if (before.Count < 2 || after.Count < 2)
            return new RateRatio(name, sides.Before, sides.After, Math.Exp(estimate), null, null);

        var error = Math.Sqrt(rateBefore.Variance + rateAfter.Variance);
        var (low, high) = Quantiles(before, after, estimate);
        return new RateRatio(
            name,
            sides.Before,
            sides.After,
            Math.Exp(estimate),
            Math.Exp(estimate - high * error),
            Math.Exp(estimate - low * error)
        );
    }

    private static (double Low, double High) Quantiles(
        IReadOnlyList<ExposedSession> before,
        IReadOnlyList<ExposedSession> after,
        double estimate
    )
    {
        var random = new SeededRandom(Seed);
        var (drawnBefore, drawnAfter) = (new ExposedSession[before.Count], new ExposedSession[after.Count]);
        var deviations = new List<double>(Draws);
        for (var draw = 0; draw < Draws; draw++)
        {
            Draw(before, drawnBefore, ref random);
            Draw(after, drawnAfter, ref random);
            var (rateBefore, rateAfter) = (LogRate.Of(drawnBefore), LogRate.Of(drawnAfter));
            var deviation = (rateAfter.Value - rateBefore.Value - estimate) / Math.Sqrt(rateBefore.Variance + rateAfter.Variance);

            // A draw without work on one side has no rate and is left out.
            if (double.IsFinite(deviation))
                deviations.Add(deviation);
        }

        deviations.Sort();
        var t = StudentT(before.Count + after.Count - 2);
        return deviations.Count == 0
            ? (double.NegativeInfinity, double.PositiveInfinity)
            : (
                Math.Min(-t, deviations[(int)(0.025 * (deviations.Count - 1))]),
                Math.Max(t, deviations[(int)Math.Ceiling(0.975 * (deviations.Count - 1))])
            );
    }

    // Expansion of the 97.5 % quantile of Student's t around the normal one (Abramowitz and Stegun 26.7.5).
    private static double StudentT(int degrees)
    {
        const double z = 1.959964;
        double z3 = z * z * z,
            z5 = z3 * z * z,
            z7 = z5 * z * z,
            n = degrees;
        return z
            + (z3 + z) / (4 * n)
            + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n);
    }

    private static void Draw(IReadOnlyList<ExposedSession> from, ExposedSession[] into, ref SeededRandom random)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = from[random.Below(from.Count)];
    }

    private static RateSide Side(IReadOnlyList<ExposedSession> sessions) =>
        new(sessions.Count, sessions.Sum(session => session.Exposure), sessions.Sum(session => session.Count));

    /// <summary>The logarithm of a rate and the variance of that.</summary>
    private readonly record struct LogRate(double Value, double Variance)
    {
        public static LogRate Of(IReadOnlyList<ExposedSession> sessions)
        {
            var (count, exposure) = (0L, 0L);
            foreach (var session in sessions)
                (count, exposure) = (count + session.Count, exposure + session.Exposure);

            var rate = (double)count / exposure;
            var squares = 0.0;
            foreach (var session in sessions)
            {
                var residual = session.Count - rate * session.Exposure;
                var share = 1 - (double)session.Exposure / exposure;
                squares += share > 0 ? residual * residual / share : 0;
            }

            var total = count + Continuity;
            var between = squares / (total * total);

            // Sessions that are all alike, or all without an occurrence: as a Poisson count.
            return new LogRate(Math.Log(total / exposure), between > 0 ? between : 1 / total);
        }
    }
}
