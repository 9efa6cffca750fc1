using System.Globalization;
using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>
/// Instants as the pattern tables store them: UTC text like <c>CURRENT_TIMESTAMP</c>, and Unix milliseconds for sightings.
/// </summary>
internal static class StoredInstant
{
    public static StoredText Text(DateTimeOffset? instant) =>
        new(instant?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    public static DateTimeOffset? Parse(object? stored) =>
        stored switch
        {
            null or DBNull => null,
            DateTime time => new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)),
            _ => TimestampParser.TryParse(
                Encoding.UTF8.GetBytes(Convert.ToString(stored, CultureInfo.InvariantCulture) ?? ""),
                out var ticks
            )
                ? new DateTimeOffset(ticks, TimeSpan.Zero)
                : null,
        };

    public static long? Milliseconds(long utcTicks) =>
        utcTicks == 0 ? null : (utcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    public static long Ticks(long? milliseconds) =>
        milliseconds is { } value ? DateTime.UnixEpoch.Ticks + value * TimeSpan.TicksPerMillisecond : 0;
}
