using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Reads hook events from PostgreSQL's binary COPY format, and hands them on as they lie there.</summary>
internal sealed class CopyRowParser(IHookEventSink sink, TimestampForm form, TimeZoneInfo? timeZone)
{
    private const int SignatureLength = 11;
    private const int HeaderLength = SignatureLength + sizeof(int) + sizeof(int);
    private const short EndOfData = -1;

    // PostgreSQL counts microseconds from here; its infinities are the ends of the range.
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1).Ticks;

    private long _count;
    private bool _hasHeader;

    /// <summary>Reads the whole rows at the beginning of some data, after the header when it is the first.</summary>
    /// <returns>How many bytes they take; what is left is the beginning of a row.</returns>
    public int Parse(ReadOnlySpan<byte> data)
    {
        var rest = data;
        if (!_hasHeader && !(_hasHeader = TrySkipHeader(ref rest)))
            return 0;

        var whole = rest;
        while (TryRead(ref rest))
            whole = rest;
        return data.Length - whole.Length;
    }

    private static bool TrySkipHeader(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderLength)
            return false;
        var length = HeaderLength + BinaryPrimitives.ReadInt32BigEndian(data[(SignatureLength + sizeof(int))..]);
        if (data.Length < length)
            return false;
        data = data[length..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryRead(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < sizeof(short))
            return false;
        var fields = BinaryPrimitives.ReadInt16BigEndian(data);
        data = data[sizeof(short)..];
        if (
            fields == EndOfData
            || !TryReadField(ref data, out var session)
            || !TryReadField(ref data, out var tool)
            || !TryReadField(ref data, out var time)
            || !TryReadField(ref data, out var place)
            || !TryReadField(ref data, out var type)
            || !TryReadField(ref data, out var payload)
            || !TryReadField(ref data, out var sourceApp)
        )
            return false;

        _count++;
        sink.Add(
            new HookEventRow
            {
                SessionId = session,
                ToolName = tool,
                UtcTicks = ReadTime(time),
                InsertionId = ReadPlace(place),
                EventType = type,
                Payload = payload,
                SourceApp = sourceApp,
            }
        );
        return true;
    }

    /// <summary>Reads a field; NULL reads as empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadField(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (data.Length < sizeof(int))
            return false;
        var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(data));
        data = data[sizeof(int)..];
        if (data.Length < length)
            return false;
        field = data[..length];
        data = data[length..];
        return true;
    }

    private long ReadPlace(ReadOnlySpan<byte> place) =>
        place.Length switch
        {
            sizeof(long) => BinaryPrimitives.ReadInt64BigEndian(place),

            // A row's place in its table: the page and the number there.
            sizeof(int) + sizeof(short) => ((long)BinaryPrimitives.ReadUInt32BigEndian(place) << 16)
                | BinaryPrimitives.ReadUInt16BigEndian(place[sizeof(int)..]),
            _ => _count,
        };

    private long? ReadTime(ReadOnlySpan<byte> stored)
    {
        if (stored.IsEmpty)
            return null;

        switch (form)
        {
            case TimestampForm.Text:
                return TimestampParser.TryParse(stored, timeZone, out var parsed) ? parsed : null;
            case TimestampForm.Number:
                var number = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(stored));
                return TimestampParser.TryFromUnix(number, out var unix) ? unix : null;
            default:
                var microseconds = BinaryPrimitives.ReadInt64BigEndian(stored);
                if (
                    microseconds < -s_epochTicks / TimeSpan.TicksPerMicrosecond
                    || microseconds > (DateTime.MaxValue.Ticks - s_epochTicks) / TimeSpan.TicksPerMicrosecond
                )
                    return null;
                var ticks = s_epochTicks + microseconds * TimeSpan.TicksPerMicrosecond;
                return form == TimestampForm.Unzoned ? LocalTime.ToUtc(ticks, timeZone) : ticks;
        }
    }
}
