using System.Globalization;

namespace PatternAnalysis;

/// <summary>A run that is registered with the system's scheduler.</summary>
/// <param name="Name">The name that it was registered by.</param>
/// <param name="At">The times of day when it starts, in the machine's local time.</param>
/// <param name="DayOfWeek">The days of the week; none for every day.</param>
/// <param name="Scheduler">Cron, Systemd, TaskScheduler or Launchd.</param>
/// <param name="Command">What it runs, as the scheduler has it.</param>
public sealed record ScheduledAnalysis(string Name, TimeOnly[] At, DayOfWeek[] DayOfWeek, string Scheduler, string Command)
{
    private const int DaysOfWeek = 7;

    /// <summary>The program and its arguments, each as the program gets it.</summary>
    public string[] Arguments { get; init; } = [];

    /// <summary>When it starts next, in local time; null where that is not known.</summary>
    public DateTime? NextRun { get; init; }

    /// <summary>The database that it analyses; null where the command names none.</summary>
    public string? Database => After("-Database");

    /// <summary>The script that it runs; null where the command names none.</summary>
    public string? Script => After("-File");

    /// <summary>Where its logs and reports go; null for the script's own default.</summary>
    public string? LogDirectory => After("-LogDirectory");

    /// <summary>When it starts next.</summary>
    /// <param name="now">The moment that is asked at.</param>
    /// <param name="zone">The machine's zone.</param>
    public DateTimeOffset NextAfter(DateTimeOffset now, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return Enumerable
            .Range(0, DaysOfWeek + 1)
            .Select(day => today.AddDays(day))
            .Where(day => DayOfWeek.Length == 0 || DayOfWeek.Contains(day.DayOfWeek))
            .SelectMany(day => At.Order().Select(time => Instant(day.ToDateTime(time), zone)))
            .First(instant => instant > now);
    }

    // On the night that skips an hour, what lies in it is taken for the same time behind it.
    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var valid = zone.IsInvalidTime(local) ? local + TimeSpan.FromHours(1) : local;
        return new DateTimeOffset(valid, zone.GetUtcOffset(valid));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {(DayOfWeek.Length == 0 ? "every day" : string.Join(", ", DayOfWeek))}"
        + $" at {string.Join(", ", At.Select(time => time.ToString("HH:mm", CultureInfo.InvariantCulture)))}";

    private string? After(string name) =>
        Array.IndexOf(Arguments, name) is >= 0 and var at && at + 1 < Arguments.Length ? Arguments[at + 1] : null;
}

/// <summary>How a registered run is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scheduler">Its scheduler.</param>
/// <param name="IsHealthy">Whether nothing speaks against its next run, and the last one ended well.</param>
/// <param name="Problem">What speaks against it, in sentences.</param>
/// <param name="LastRun">When the last run started; null when no log tells of one.</param>
/// <param name="LastExitCode">How it ended: 0 well, 1 failed, 2 bad arguments, 3 another was at work; null when no log tells.</param>
/// <param name="NextRun">When it starts next, in local time.</param>
/// <param name="LogPath">The log of the last run; null when there is none.</param>
public sealed record ScheduledAnalysisCheck(
    string Name,
    string Scheduler,
    bool IsHealthy,
    string[] Problem,
    DateTimeOffset? LastRun,
    int? LastExitCode,
    DateTime? NextRun,
    string? LogPath
)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {(IsHealthy ? "healthy" : string.Join(" ", Problem))}";
}
