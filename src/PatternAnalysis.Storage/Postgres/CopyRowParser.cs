using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Reads hook events from PostgreSQL's binary COPY format, and hands them on as they lie there.</summary>
internal sealed class CopyRowParser(IHookEventSink sink, TimestampForm form, TimeZoneInfo? timeZone) : CopyParser
{
    // PostgreSQL counts microseconds from here; its infinities are the ends of the range.
    private static readonly long s_epochTicks = new DateTime(2000, 1, 1).Ticks;

    private long _count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool TryRead(ref ReadOnlySpan<byte> data)
    {
        if (
            !TryReadField(ref data, out var session)
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
