using System.Globalization;

namespace PatternAnalysis;

/// <summary>A half-open interval of UTC time, [<see cref="Since"/>, <see cref="Until"/>). A missing bound is unbounded.</summary>
public sealed record TimeWindow
{
    // Every event is asked for its place.
    private readonly long _from;
    private readonly long _to;

    /// <summary>All of time.</summary>
    public static TimeWindow Always { get; } = new(null, null);

    /// <summary>Makes a window; the bounds may be in any offset.</summary>
    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="since"/>.</exception>
    public TimeWindow(DateTimeOffset? since, DateTimeOffset? until)
    {
        if (since >= until)
            throw new ArgumentException($"The window's end ({Show(until)}) must lie after its start ({Show(since)}).");

        Since = since?.ToUniversalTime();
        Until = until?.ToUniversalTime();
        (_from, _to) = (Since?.UtcTicks ?? long.MinValue, Until?.UtcTicks ?? long.MaxValue);
    }

    /// <summary>The first instant inside, or null.</summary>
    public DateTimeOffset? Since { get; }

    /// <summary>The first instant after the window, or null.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>The length in hours, or null for an unbounded window.</summary>
    public double? Hours => Until is { } until && Since is { } since ? (until - since).TotalHours : null;

    /// <summary>The last <paramref name="hours"/> hours before <paramref name="now"/>.</summary>
    public static TimeWindow Last(int hours, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hours);
        return new TimeWindow(now.AddHours(-hours), now);
    }

    /// <summary>
    /// The window with a margin on either side, for a store that can only decide roughly. A bound that would leave the calendar is dropped.
    /// </summary>
    public TimeWindow Widen(TimeSpan before, TimeSpan after) =>
        new(
            Since - DateTimeOffset.MinValue > before ? Since - before : null,
            DateTimeOffset.MaxValue - Until > after ? Until + after : null
        );

    /// <summary>Whether an instant, in UTC ticks, lies inside.</summary>
    public bool Contains(long utcTicks) => utcTicks >= _from && utcTicks < _to;

    /// <inheritdoc/>
    public override string ToString() => $"[{Show(Since)}, {Show(Until)})";

    private static string Show(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "unbounded";
}
