namespace PatternAnalysis.Metrics;

/// <summary>What automating a pattern would save.</summary>
public static class Savings
{
    /// <summary>The savings in US dollars, to the cent: steps x seconds x rate / 3600 x occurrences.</summary>
    public static decimal Estimate(long steps, long occurrences, MetricOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return decimal.Round(steps * occurrences * (decimal)options.SecondsPerTool * (decimal)options.HourlyRate / 3600m, 2);
    }
}
