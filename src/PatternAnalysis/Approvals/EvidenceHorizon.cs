namespace PatternAnalysis.Approvals;

/// <summary>The time whose sessions a pattern's numbers come from.</summary>
/// <param name="Since">Its start, in UTC ticks to the millisecond; 0 when it has none.</param>
/// <param name="Until">Its end, likewise; itself outside.</param>
/// <param name="IsRegular">Whether it is the horizon of a regular run, and not a window that was looked at alone.</param>
public sealed record EvidenceHorizon(long Since, long Until, bool IsRegular)
{
    /// <summary>How long it is, in ticks.</summary>
    public long Length => Until - Since;

    /// <summary>A window as a horizon.</summary>
    /// <param name="window">The window.</param>
    /// <param name="now">Its end, where it has none.</param>
    /// <param name="isRegular">Whether it is the horizon of a regular run.</param>
    public static EvidenceHorizon Of(TimeWindow window, DateTimeOffset now, bool isRegular) =>
        new(Milliseconds(window.Since?.UtcTicks ?? 0), Milliseconds((window.Until ?? now).UtcTicks), isRegular);

    private static long Milliseconds(long ticks) => ticks - ticks % TimeSpan.TicksPerMillisecond;
}
