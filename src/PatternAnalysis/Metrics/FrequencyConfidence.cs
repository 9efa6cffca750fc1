using System.Globalization;

namespace PatternAnalysis.Metrics;

/// <summary>
/// The original's confidence: the share of sessions that hold a pattern, boosted for many. It says how common a pattern is, not that it is
/// no chance.
/// </summary>
public static class FrequencyConfidence
{
    /// <summary>The original's formula, to 4 decimals.</summary>
    /// <param name="sessions">In how many sessions the pattern occurs.</param>
    /// <param name="totalSessions">How many sessions there are; at least 1.</param>
    public static double Calculate(int sessions, int totalSessions)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sessions);
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSessions, 1);
        var frequency = (double)sessions / totalSessions;
        var confidence = sessions switch
        {
            >= 100 => Math.Min(0.99, frequency * 1.2),
            >= 50 => Math.Min(0.95, frequency * 1.1),
            _ => frequency,
        };
        return RoundAsPython(confidence);
    }

    // Python rounds the exact binary value, half to even; Math.Round scales first, and so sees ties that are none.
    private static double RoundAsPython(double value) =>
        (double)decimal.Round(decimal.Parse(value.ToString("F27", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), 4);
}
