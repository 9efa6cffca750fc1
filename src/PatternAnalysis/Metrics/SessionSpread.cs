namespace PatternAnalysis.Metrics;

/// <summary>
/// How far the sum of something over sessions would lie from the one that was seen, had other sessions of the same kind been seen.
/// </summary>
/// <remarks>
/// A session bootstrap by its moments: drawing n sessions anew gives sums with the mean Σv and the variance Σv² - (Σv)² / n (Efron and
/// Tibshirani, "An Introduction to the Bootstrap", 1993). Its quantiles are those of the gamma distribution with these moments, after
/// Wilson and Hilferty (1931): as skew as few sessions make it, and 0 at the lower end where so few sessions hold it that drawing none of
/// them is no surprise. No draws, so no seed. O(sessions that hold it).
/// </remarks>
internal static class SessionSpread
{
    private const double Normal = 1.959964;
    private const double Tail = 0.025;

    /// <summary>The 95 % interval of a sum, as multiples of it; (1, 1) when every session has the same.</summary>
    /// <param name="values">What each session that has any has; positive.</param>
    /// <param name="sessions">How many sessions there are, those without among them.</param>
    public static (double Low, double High) Of(IEnumerable<double> values, int sessions)
    {
        var (sum, squares, count) = (0.0, 0.0, 0);
        foreach (var value in values)
            (sum, squares, count) = (sum + value, squares + value * value, count + 1);
        if (sum <= 0)
            return (1, 1);

        // One over the shape of the gamma distribution: the squared coefficient of variation.
        var variation = Math.Max(0, squares / (sum * sum) - 1.0 / Math.Max(sessions, count));
        var none = Math.Pow(1 - (double)count / Math.Max(sessions, count), Math.Max(sessions, count));
        return (none >= Tail ? 0 : Math.Min(1, Quantile(-Normal)), Math.Max(1, Quantile(Normal)));

        double Quantile(double z) => Math.Pow(Math.Max(0, 1 - variation / 9 + z * Math.Sqrt(variation) / 3), 3);
    }
}
