using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Events;

/// <summary>
/// Reads local times of a zone whose clock shows an hour twice in autumn. Each of these times is taken as its first at first; where a
/// session's clock goes back in the order of insertion, what follows happened the second time, an hour later.
/// </summary>
internal sealed class RepeatedHourReader(IHookEventReader reader, TimeZoneInfo zone) : IHookEventReader
{
    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        var hours = new RepeatedHours(zone);
        reader.Read(query, new Sink(sink, hours), cancellationToken);
        hours.HandOn(sink);
    }

    // What lies in such an hour waits until all is read: parts of a table are read beside each other and in any order.
    private sealed class Sink(IHookEventSink inner, RepeatedHours hours) : IHookEventSink
    {
        private (long From, long To) _plain;

        public void Add(in HookEventRow row)
        {
            if (row.UtcTicks is { } ticks && (ticks < _plain.From || ticks >= _plain.To) && IsRepeated(ticks))
                hours.Keep(row);
            else
                inner.Add(row);
        }

        public IHookEventSink? Fork() => inner.Fork() is { } fork ? new Sink(fork, hours) : null;

        public void Restart()
        {
            hours.Forget();
            inner.Restart();
        }

        private bool IsRepeated(long ticks)
        {
            if (hours.LengthAt(ticks) > 0)
                return true;
            var day = ticks - ticks % TimeSpan.TicksPerDay;
            if (hours.IsPlain(day, day + TimeSpan.TicksPerDay))
                _plain = (day, day + TimeSpan.TicksPerDay);
            return false;
        }
    }

    private sealed class RepeatedHours(TimeZoneInfo zone)
    {
        // Calls side by side are written down out of order by seconds at most.
        private const long Disorder = TimeSpan.TicksPerMinute;

        private readonly object _lock = new();
        private readonly List<KeptRow> _rows = [];

        /// <summary>Whether the clock is never changed between two instants, and for some hours after.</summary>
        public bool IsPlain(long from, long to) => zone.GetUtcOffset(Utc(from)) == zone.GetUtcOffset(Utc(to + 4 * TimeSpan.TicksPerHour));

        /// <summary>By how much the clock goes back after an instant whose local time it shows again; 0 where it does not.</summary>
        public long LengthAt(long utcTicks)
        {
            var local = TimeZoneInfo.ConvertTimeFromUtc(Utc(utcTicks), zone);
            if (!zone.IsAmbiguousTime(local))
                return 0;
            var offsets = zone.GetAmbiguousTimeOffsets(local);
            return zone.GetUtcOffset(Utc(utcTicks)) == offsets.Max() ? (offsets.Max() - offsets.Min()).Ticks : 0;
        }

        public void Keep(in HookEventRow row)
        {
            var kept = new KeptRow(
                row.SessionId.ToArray(),
                row.EventType.ToArray(),
                row.ToolName.ToArray(),
                row.SourceApp.ToArray(),
                row.Payload.ToArray(),
                row.UtcTicks!.Value,
                row.InsertionId
            );
            lock (_lock)
                _rows.Add(kept);
        }

        public void Forget() => _rows.Clear();

        public void HandOn(IHookEventSink sink)
        {
            var last = new Dictionary<string, long>(StringComparer.Ordinal);
            var later = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var row in _rows.OrderBy(row => row.InsertionId))
            {
                var session = Encoding.UTF8.GetString(row.SessionId);
                var before = last.GetValueOrDefault(session);
                if (row.UtcTicks > before + TimeSpan.TicksPerDay)
                    later.Remove(session);
                else if (row.UtcTicks < before - Disorder)
                    later[session] = LengthAt(row.UtcTicks);
                last[session] = row.UtcTicks;
                row.AddTo(sink, later.GetValueOrDefault(session));
            }
        }

        private static DateTime Utc(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    private sealed record KeptRow(
        byte[] SessionId,
        byte[] EventType,
        byte[] ToolName,
        byte[] SourceApp,
        byte[] Payload,
        long UtcTicks,
        long InsertionId
    )
    {
        public void AddTo(IHookEventSink sink, long later) =>
            sink.Add(
                new HookEventRow
                {
                    SessionId = SessionId,
                    EventType = EventType,
                    ToolName = ToolName,
                    SourceApp = SourceApp,
                    Payload = Payload,
                    UtcTicks = UtcTicks + later,
                    InsertionId = InsertionId,
                }
            );
    }
}
