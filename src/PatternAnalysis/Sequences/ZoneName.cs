using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>
/// What names the zone that times without one were read in: its name, and what its clocks showed, which another version of the time zone
/// database may tell otherwise.
/// </summary>
internal static class ZoneName
{
    // Agents have left no events before. Farther ahead than this nobody has decided on clocks.
    private const int FirstYear = 2020;
    private const int YearCount = 20;

    /// <summary>The name; null stands for UTC.</summary>
    public static string Of(TimeZoneInfo? zone) =>
        zone is null || zone.HasSameRules(TimeZoneInfo.Utc)
            ? "UTC"
            // One zone has several names, and each system its own.
            : $"{(TimeZoneInfo.TryConvertWindowsIdToIanaId(zone.Id, out var iana) ? iana : zone.Id)}:{Fingerprint(zone)}";

    private static string Fingerprint(TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        var (day, last) = (new DateTime(FirstYear, 1, 1, 0, 0, 0, DateTimeKind.Utc), (TimeSpan?)null);
        for (var end = day.AddYears(YearCount); day < end; day = day.AddDays(1))
        {
            var offset = zone.GetUtcOffset(day);
            if (offset != last)
                text.Append(CultureInfo.InvariantCulture, $"{(last is { } before ? Change(zone, day, before) : day):O} {offset} ");
            last = offset;
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 4)).ToLowerInvariant();
    }

    /// <summary>The first minute of the day before that has not the offset of before.</summary>
    private static DateTime Change(TimeZoneInfo zone, DateTime day, TimeSpan before)
    {
        var (low, high) = (day.AddDays(-1), day);
        while (high - low > TimeSpan.FromMinutes(1))
        {
            var middle = low.AddMinutes(Math.Floor((high - low).TotalMinutes / 2));
            if (zone.GetUtcOffset(middle) == before)
                low = middle;
            else
                high = middle;
        }

        return high;
    }
}
