namespace PatternAnalysis;

/// <summary>A daily run that is registered with the system's scheduler.</summary>
/// <param name="Name">The name that it was registered by.</param>
/// <param name="At">When it starts, in the machine's local time.</param>
/// <param name="Scheduler">Cron, Systemd or TaskScheduler.</param>
/// <param name="Command">What it runs, as the scheduler has it.</param>
public sealed record ScheduledAnalysis(string Name, TimeOnly At, string Scheduler, string Command)
{
    /// <summary>When it starts next.</summary>
    /// <param name="now">The moment that is asked at.</param>
    /// <param name="zone">The machine's zone.</param>
    public DateTimeOffset NextAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var day = TimeZoneInfo.ConvertTime(now, zone).Date;
        while (true)
        {
            // On the night that skips an hour, what lies in it is taken for the same time behind it.
            var local = day + At.ToTimeSpan();
            if (zone.IsInvalidTime(local))
                local += TimeSpan.FromHours(1);
            var next = new DateTimeOffset(local, zone.GetUtcOffset(local));
            if (next > now)
                return next;
            day = day.AddDays(1);
        }
    }
}
