using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Events;

/// <summary>
/// Reads local times of a zone whose clock shows an hour twice in autumn. Each of these times is taken as its first at first; where a
/// session's clock goes back in the order of insertion, what follows happened the second time, an hour later.
/// </summary>
internal sealed class RepeatedHourReader(IHookEventReader reader, TimeZoneInfo zone) : IHookEventReader
{
    private static readonly TimeSpan s_longestHour = TimeSpan.FromHours(4);

    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        // What happened the second time may lie in a window that its first time lies before.
        var window = query.Window.Widen(s_longestHour, TimeSpan.Zero);
        var hours = new RepeatedHours(zone);
        reader.Read(query with { Window = window }, new Sink(sink, hours), cancellationToken);
        hours.HandOn(sink);
    }

    // What lies in such an hour waits until all is read: parts of a table are read beside each other and in any order.
    private sealed class Sink(IHookEventSink inner, RepeatedHours hours) : IDerivedStepSink
    {
        private (long From, long To) _plain;

        public StepRules? Rules => (inner as IDerivedStepSink)?.Rules;

        public void Add(in HookEventRow row)
        {
            if (row.UtcTicks is { } ticks && IsRepeated(ticks))
                hours.Keep(new KeptRow(row, ticks));
            else
                inner.Add(row);
        }

        public void Add(in DerivedStep step, IDerivedTexts texts)
        {
            if (step.UtcTicks is { } ticks && IsRepeated(ticks))
                hours.Keep(new KeptStep(step, ticks, texts));
            else
                ((IDerivedStepSink)inner).Add(step, texts);
        }

        public IHookEventSink? Fork() => inner.Fork() is { } fork ? new Sink(fork, hours) : null;

        public void Restart()
        {
            hours.Forget();
            inner.Restart();
        }

        private bool IsRepeated(long ticks)
        {
            if (ticks >= _plain.From && ticks < _plain.To)
                return false;
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
        private readonly List<Kept> _kept = [];

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

        public void Keep(Kept kept)
        {
            lock (_lock)
                _kept.Add(kept);
        }

        public void Forget() => _kept.Clear();

        public void HandOn(IHookEventSink sink)
        {
            var last = new Dictionary<string, long>(StringComparer.Ordinal);
            var later = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var kept in _kept.OrderBy(kept => kept.InsertionId))
            {
                var before = last.GetValueOrDefault(kept.Session);
                if (kept.UtcTicks > before + TimeSpan.TicksPerDay)
                    later.Remove(kept.Session);
                else if (kept.UtcTicks < before - Disorder)
                    later[kept.Session] = LengthAt(kept.UtcTicks);
                last[kept.Session] = kept.UtcTicks;
                kept.AddTo(sink, later.GetValueOrDefault(kept.Session));
            }
        }

        private static DateTime Utc(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    /// <summary>An event that waits, in either form.</summary>
    private abstract class Kept(string session, long utcTicks, long insertionId)
    {
        public string Session => session;

        public long UtcTicks => utcTicks;

        public long InsertionId => insertionId;

        /// <summary>Hands it on.</summary>
        /// <param name="sink">To whom.</param>
        /// <param name="later">By how many ticks it happened later than was thought.</param>
        public abstract void AddTo(IHookEventSink sink, long later);
    }

    private sealed class KeptRow(in HookEventRow row, long utcTicks)
        : Kept(Encoding.UTF8.GetString(row.SessionId), utcTicks, row.InsertionId)
    {
        private readonly byte[] _sessionId = row.SessionId.ToArray();
        private readonly byte[] _eventType = row.EventType.ToArray();
        private readonly byte[] _toolName = row.ToolName.ToArray();
        private readonly byte[] _sourceApp = row.SourceApp.ToArray();
        private readonly byte[] _payload = row.Payload.ToArray();

        public override void AddTo(IHookEventSink sink, long later) =>
            sink.Add(
                new HookEventRow
                {
                    SessionId = _sessionId,
                    EventType = _eventType,
                    ToolName = _toolName,
                    SourceApp = _sourceApp,
                    Payload = _payload,
                    UtcTicks = UtcTicks + later,
                    InsertionId = InsertionId,
                }
            );
    }

    private sealed class KeptStep : Kept
    {
        private readonly IDerivedTexts _texts;
        private readonly int _type;
        private readonly (long Source, long Facts, long Verdict) _ids;
        private readonly (ulong Call, ulong Message) _hashes;
        private readonly long _milliseconds;
        private readonly byte[] _error;

        public KeptStep(in DerivedStep step, long utcTicks, IDerivedTexts texts)
            : base(texts.SourceOf(step.Source).Session, utcTicks, step.Event)
        {
            // What is missing is to be seen while the events can still be read instead.
            if (step.Facts != 0)
                _ = texts.FactsOf(step.Facts);
            if (step.Verdict != 0)
                _ = texts.VerdictOf(step.Verdict);
            (_texts, _type, _ids) = (texts, step.Type, (step.Source, step.Facts, step.Verdict));
            (_hashes, _milliseconds, _error) = ((step.Call, step.Message), step.Milliseconds, step.Error.ToArray());
        }

        public override void AddTo(IHookEventSink sink, long later) =>
            ((IDerivedStepSink)sink).Add(
                new DerivedStep
                {
                    Event = InsertionId,
                    Type = _type,
                    UtcTicks = UtcTicks + later,
                    Source = _ids.Source,
                    Facts = _ids.Facts,
                    Verdict = _ids.Verdict,
                    Call = _hashes.Call,
                    Message = _hashes.Message,
                    Milliseconds = _milliseconds,
                    Error = _error,
                },
                _texts
            );
    }
}
