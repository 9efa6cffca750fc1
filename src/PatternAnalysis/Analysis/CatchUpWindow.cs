namespace PatternAnalysis.Analysis;

/// <summary>The window of a run that looks at what no run looked at.</summary>
public static class CatchUpWindow
{
    /// <summary>The window is never longer; what lies further back is given up.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(30);

    /// <summary>How many of the last runs tell what was looked at.</summary>
    public const int RunsLookedAt = 1000;

    /// <summary>
    /// From the first moment that no run looked at, up to now. That is where the last run's window ended, unless there is a gap before it:
    /// a run of a single hour by hand
    /// must not hide the day before it.
    /// </summary>
    /// <param name="runs">The runs that came to their end.</param>
    /// <param name="now">The window's end.</param>
    /// <param name="hours">How many hours to look at when there was no run yet.</param>
    public static TimeWindow Of(IReadOnlyList<PastRun> runs, DateTimeOffset now, int hours = 24)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var earliest = now - Longest;
        TimeWindow[] windows =
        [
            .. runs.Select(run => run.Window)
                .Where(window => (window.Until ?? now) > earliest)
                .OrderBy(window => window.Since ?? DateTimeOffset.MinValue),
        ];
        if (windows.Length == 0)
            return runs.Count == 0 ? TimeWindow.Last(hours, now) : new TimeWindow(earliest, now);

        var seen = windows[0].Since ?? DateTimeOffset.MinValue;
        foreach (var window in windows.TakeWhile(window => (window.Since ?? DateTimeOffset.MinValue) <= seen))
        {
            if ((window.Until ?? now) > seen)
                seen = window.Until ?? now;
        }

        // Past now it is when a clock was set back or a run looked ahead.
        return seen >= now ? TimeWindow.Last(hours, now) : new TimeWindow(seen > earliest ? seen : earliest, now);
    }
}
