namespace PatternAnalysis.Events;

/// <summary>Times that were stored as a clock on the wall shows them.</summary>
public static class LocalTime
{
    /// <summary>
    /// The instant of a local time. An hour that the clock shows twice is taken as its first, in summer time; one that it leaves out is
    /// taken by the offset before.
    /// </summary>
    /// <param name="localTicks">The local time, in ticks.</param>
    /// <param name="zone">The zone; null for UTC.</param>
    /// <returns>The instant in UTC ticks.</returns>
    public static long ToUtc(long localTicks, TimeZoneInfo? zone)
    {
        if (zone is null)
            return localTicks;

        var local = new DateTime(localTicks, DateTimeKind.Unspecified);
        var offset =
            zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return Math.Clamp(localTicks - offset.Ticks, 0, DateTime.MaxValue.Ticks);
    }
}
