namespace PatternAnalysis.Delivery;

/// <summary>How often and how soon a failed attempt is repeated.</summary>
internal sealed record RetryPolicy
{
    /// <summary>Attempts in all.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait after the first attempt; it doubles after each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No wait is longer, whatever a server asks for.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after an attempt, counted from 1.</summary>
    /// <param name="attempt">The attempt that failed.</param>
    /// <param name="asked">What the server asks for, or null.</param>
    public TimeSpan DelayAfter(int attempt, TimeSpan? asked)
    {
        var delay = asked ?? FirstDelay * Math.Pow(2, attempt - 1);
        return delay < TimeSpan.Zero ? TimeSpan.Zero
            : delay > LongestDelay ? LongestDelay
            : delay;
    }
}
