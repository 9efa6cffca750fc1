using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace PatternAnalysis.Events;

/// <summary>
/// Reads every form in which hook events store an instant: <c>YYYY-MM-DD[ |T]HH:MM:SS[.fraction][Z|±HH[:]MM]</c>
/// and Unix time in seconds (with or without a fraction) or milliseconds, as number or as text. Without a zone the time is UTC.
/// </summary>
public static class TimestampParser
{
    // A Unix time this large can't be seconds (year 5138), so it is milliseconds; this keeps both unambiguous from 1973 on.
    private const double MillisecondsFrom = 1e11;

    /// <summary>Reads a stored text.</summary>
    /// <param name="text">The UTF-8 text.</param>
    /// <param name="utcTicks">The instant in UTC ticks (100 ns since 0001-01-01).</param>
    /// <returns>False when the text is no instant of years 1 to 9999.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long utcTicks) => TryParse(text, null, out utcTicks);

    /// <summary>Reads a stored text; a time without a zone is of <paramref name="timeZone"/>.</summary>
    /// <param name="text">The UTF-8 text.</param>
    /// <param name="timeZone">The zone of times that name none; null for UTC.</param>
    /// <param name="utcTicks">The instant in UTC ticks (100 ns since 0001-01-01).</param>
    /// <returns>False when the text is no instant of years 1 to 9999.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool TryParse(ReadOnlySpan<byte> text, TimeZoneInfo? timeZone, out long utcTicks)
    {
        text = text.Trim(" \t\r\n"u8);
        utcTicks = 0;
        if (text.Length >= 10 && text[4] == '-')
            return TryParseDateTime(text, timeZone, out utcTicks);

        return Utf8Parser.TryParse(text, out double number, out var consumed)
            && consumed == text.Length
            && TryFromUnix(number, out utcTicks);
    }

    /// <summary>Reads a stored number: Unix seconds, or milliseconds when it is too large for seconds.</summary>
    public static bool TryFromUnix(double number, out long utcTicks)
    {
        utcTicks = 0;
        if (!double.IsFinite(number) || number < 0)
            return false;

        var seconds = number >= MillisecondsFrom ? number / 1000 : number;
        if (seconds > 253402300799.0)
            return false;

        // Microseconds are all that a double of this size still holds; rounding to them keeps 0.1 s at 0.1 s.
        utcTicks = DateTime.UnixEpoch.Ticks + (long)Math.Round(seconds * 1e6) * TimeSpan.TicksPerMicrosecond;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryParseDateTime(ReadOnlySpan<byte> text, TimeZoneInfo? timeZone, out long utcTicks)
    {
        utcTicks = 0;
        if (
            !TryDigits(text[..4], out var year)
            || !TryDigits(text[5..7], out var month)
            || text[7] != '-'
            || !TryDigits(text[8..10], out var day)
            || year < 1
            || month is < 1 or > 12
            || day < 1
            || day > DateTime.DaysInMonth(year, month)
        )
            return false;

        var ticks = new DateTime(year, month, day).Ticks;
        var rest = text[10..];
        if (rest.IsEmpty)
        {
            utcTicks = LocalTime.ToUtc(ticks, timeZone);
            return true;
        }

        if (rest[0] is not ((byte)' ' or (byte)'T' or (byte)'t') || !TryTimeOfDay(rest[1..], out var time, out rest))
            return false;

        if (!TryOffset(rest, out var offset))
            return false;

        utcTicks = offset is { } known ? ticks + time - known : LocalTime.ToUtc(ticks + time, timeZone);
        return utcTicks >= 0 && utcTicks <= DateTime.MaxValue.Ticks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryTimeOfDay(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = default;
        if (
            text.Length < 5
            || text[2] != ':'
            || !TryDigits(text[..2], out var hour)
            || !TryDigits(text[3..5], out var minute)
            || hour > 23
            || minute > 59
        )
            return false;

        var second = 0;
        rest = text[5..];
        if (!rest.IsEmpty && rest[0] == ':')
        {
            // 60 is a leap second; it is folded into the next minute.
            if (rest.Length < 3 || !TryDigits(rest[1..3], out second) || second > 60)
                return false;
            rest = rest[3..];
        }

        long fraction = 0;
        if (!rest.IsEmpty && rest[0] is (byte)'.' or (byte)',')
        {
            var length = 1;
            long unit = TimeSpan.TicksPerSecond;
            while (length < rest.Length && rest[length] is >= (byte)'0' and <= (byte)'9')
            {
                unit /= 10;
                fraction += (rest[length] - '0') * unit;
                length++;
            }

            if (length == 1)
                return false;
            rest = rest[length..];
        }

        ticks = ((hour * 60L + minute) * 60 + second) * TimeSpan.TicksPerSecond + fraction;
        return true;
    }

    // No offset when the text names no zone.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryOffset(ReadOnlySpan<byte> text, out long? ticks)
    {
        ticks = null;
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty)
            return true;

        ticks = 0;
        if ((text.Length == 1 && text[0] is (byte)'Z' or (byte)'z') || text.SequenceEqual("UTC"u8))
            return true;

        if (text.Length < 3 || text[0] is not ((byte)'+' or (byte)'-') || !TryDigits(text[1..3], out var hours))
            return false;

        var minutes = 0;
        var rest = text[3..];
        if (!rest.IsEmpty && rest[0] == ':')
            rest = rest[1..];
        if (!rest.IsEmpty && (rest.Length != 2 || !TryDigits(rest, out minutes)))
            return false;
        if (hours > 18 || minutes > 59)
            return false;

        ticks = (hours * 60L + minutes) * TimeSpan.TicksPerMinute * (text[0] == '-' ? -1 : 1);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = value * 10 + (digit - '0');
        }

        return true;
    }
}
