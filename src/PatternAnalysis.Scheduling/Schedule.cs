using System.Globalization;

namespace PatternAnalysis.Scheduling;

/// <summary>When a task runs: at times of day, every day or on some days of the week, in the machine's local time.</summary>
public sealed record Schedule
{
    /// <summary>Makes a schedule.</summary>
    /// <param name="times">The times of day, to the minute; at least one.</param>
    /// <param name="days">The days of the week; every day when there are none.</param>
    /// <exception cref="PatternAnalysisException"><c>InvalidTask</c>: there is no time.</exception>
    public Schedule(IEnumerable<TimeOnly> times, IEnumerable<DayOfWeek>? days = null)
    {
        Times = [.. times.Select(time => new TimeOnly(time.Hour, time.Minute)).Distinct().Order()];
        Days = [.. (days ?? []).Distinct().Order()];
        if (Days.Count == DaysOfWeek)
            Days = [];
        if (Times.Count == 0)
            throw new PatternAnalysisException(ErrorCatalogue.InvalidTask, "A task needs a time of day at which it runs.");
    }

    private const int DaysOfWeek = 7;

    /// <summary>The times of day, ascending.</summary>
    public IReadOnlyList<TimeOnly> Times { get; }

    /// <summary>The days of the week, from Sunday; none for every day.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; }

    /// <summary>A day's English name in three letters, as cron, systemd and people write it.</summary>
    internal static string Short(DayOfWeek day) => CultureInfo.InvariantCulture.DateTimeFormat.GetAbbreviatedDayName(day);
}
