using System.Buffers.Binary;
using System.Text;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// Many steps in few bytes, one after the other: the type and what there is of it in two bytes; then event, time, source, facts, verdict
/// and milliseconds as numbers of as many bytes as they need, event and time as differences, ids as places in the pack's lists of them;
/// then hashes as they are, and the error.
/// </summary>
/// <param name="FirstEvent">The event of the first step.</param>
/// <param name="LastEvent">The event of the last one.</param>
/// <param name="Count">How many steps there are.</param>
/// <param name="Sources">The ids of sources.</param>
/// <param name="Facts">The ids of facts.</param>
/// <param name="Verdicts">The ids of verdicts.</param>
internal sealed record StepPack(long FirstEvent, long LastEvent, int Count, long[] Sources, long[] Facts, long[] Verdicts)
{
    private const int TypeBits = 5;
    private const int HashLength = sizeof(ulong);

    /// <summary>What a step has, in the bits above its type.</summary>
    [Flags]
    private enum Has
    {
        Nothing,
        Time = 1 << TypeBits,
        Facts = Time << 1,
        Verdict = Facts << 1,
        Call = Verdict << 1,
        Message = Call << 1,
        Milliseconds = Message << 1,
        Error = Milliseconds << 1,
    }

    /// <summary>Packs steps.</summary>
    /// <param name="steps">One step or more, in the order of their events.</param>
    public static (StepPack Pack, byte[] Bytes) Of(ReadOnlySpan<StoredStep> steps)
    {
        var (sources, facts, verdicts) = (new Places(), new Places(), new Places());
        var bytes = new ByteWriter();
        var (lastEvent, lastTicks) = (steps[0].Event, 0L);
        foreach (ref readonly var step in steps)
        {
            bytes.Write16((ushort)((int)HasOf(step) | step.Type));
            bytes.Write(unchecked((ulong)(step.Event - lastEvent)));
            lastEvent = step.Event;
            if (step.UtcTicks is { } ticks)
            {
                bytes.Write(ZigZag(unchecked(ticks - lastTicks)));
                lastTicks = ticks;
            }

            bytes.Write(sources.Of(step.Source));
            if (step.Facts != 0)
                bytes.Write(facts.Of(step.Facts));
            if (step.Verdict != 0)
                bytes.Write(verdicts.Of(step.Verdict));
            if (step.Milliseconds >= 0)
                bytes.Write((ulong)step.Milliseconds);
            if (step.Call != 0)
                bytes.Write64(step.Call);
            if (step.Message != 0)
                bytes.Write64(step.Message);
            if (step.Error is { } error)
                bytes.Write(Encoding.UTF8.GetBytes(error));
        }

        return (new StepPack(steps[0].Event, lastEvent, steps.Length, sources.Ids, facts.Ids, verdicts.Ids), bytes.ToArray());
    }

    /// <summary>Reads the steps one by one.</summary>
    /// <param name="bytes">What they were packed to.</param>
    public Reader Read(ReadOnlySpan<byte> bytes) => new(this, bytes);

    private static Has HasOf(in StoredStep step) =>
        (step.UtcTicks is null ? Has.Nothing : Has.Time)
        | (step.Facts == 0 ? Has.Nothing : Has.Facts)
        | (step.Verdict == 0 ? Has.Nothing : Has.Verdict)
        | (step.Call == 0 ? Has.Nothing : Has.Call)
        | (step.Message == 0 ? Has.Nothing : Has.Message)
        | (step.Milliseconds < 0 ? Has.Nothing : Has.Milliseconds)
        | (step.Error is null ? Has.Nothing : Has.Error);

    private static ulong ZigZag(long value) => unchecked((ulong)(value << 1) ^ (ulong)(value >> 63));

    private static long UnZigZag(ulong value) => unchecked((long)(value >> 1) ^ -(long)(value & 1));

    /// <summary>Reads the steps of a pack. What is damaged is never taken for something else silently where its form shows it.</summary>
    internal ref struct Reader(StepPack pack, ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;
        private int _left = pack.Count;
        private long _event = pack.FirstEvent;
        private long _ticks;

        /// <summary>Reads the next step.</summary>
        /// <returns>False behind the last one.</returns>
        /// <exception cref="StepsChangedException">The pack is damaged.</exception>
        public bool TryRead(out DerivedStep step)
        {
            if (_left == 0)
            {
                Check(_rest.IsEmpty && _event == pack.LastEvent);
                step = default;
                return false;
            }

            _left--;
            Check(_rest.Length >= sizeof(ushort));
            var head = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
            _rest = _rest[sizeof(ushort)..];
            var has = (Has)head;
            _event = unchecked(_event + (long)Number());
            if ((has & Has.Time) != 0)
                _ticks = unchecked(_ticks + UnZigZag(Number()));
            step = new DerivedStep
            {
                Event = _event,
                Type = head & ((1 << TypeBits) - 1),
                UtcTicks = (has & Has.Time) != 0 ? _ticks : null,
                Source = Id(pack.Sources),
                Facts = (has & Has.Facts) != 0 ? Id(pack.Facts) : 0,
                Verdict = (has & Has.Verdict) != 0 ? Id(pack.Verdicts) : 0,
                Milliseconds = (has & Has.Milliseconds) != 0 ? (long)Number() : -1,
                Call = (has & Has.Call) != 0 ? Hash() : 0,
                Message = (has & Has.Message) != 0 ? Hash() : 0,
                Error = (has & Has.Error) != 0 ? Text() : default,
            };
            return true;
        }

        private ulong Number()
        {
            var value = 0UL;
            for (var (place, shift) = (0, 0); place < _rest.Length && shift < 64; place++, shift += 7)
            {
                var item = _rest[place];
                value |= (ulong)(item & 0x7F) << shift;
                if (item < 0x80)
                {
                    _rest = _rest[(place + 1)..];
                    return value;
                }
            }

            throw new StepsChangedException();
        }

        private long Id(long[] ids)
        {
            var place = Number();
            Check(place < (ulong)ids.Length);
            return ids[place];
        }

        private ulong Hash()
        {
            Check(_rest.Length >= HashLength);
            var hash = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
            _rest = _rest[HashLength..];
            return hash;
        }

        private ReadOnlySpan<byte> Text()
        {
            var length = Number();
            Check(length <= (ulong)_rest.Length);
            var text = _rest[..(int)length];
            _rest = _rest[(int)length..];
            return text;
        }

        private static void Check(bool isWhole)
        {
            if (!isWhole)
                throw new StepsChangedException();
        }
    }

    /// <summary>Ids by the place of their first use.</summary>
    private sealed class Places
    {
        private readonly Dictionary<long, int> _places = [];
        private readonly List<long> _ids = [];

        public long[] Ids => [.. _ids];

        public ulong Of(long id)
        {
            if (!_places.TryGetValue(id, out var place))
            {
                _places.Add(id, place = _ids.Count);
                _ids.Add(id);
            }

            return (ulong)place;
        }
    }

    /// <summary>Bytes that grow.</summary>
    private sealed class ByteWriter
    {
        private readonly List<byte> _bytes = [];

        public byte[] ToArray() => [.. _bytes];

        public void Write16(ushort value) => _bytes.AddRange([(byte)value, (byte)(value >> 8)]);

        public void Write64(ulong value)
        {
            Span<byte> hash = stackalloc byte[HashLength];
            BinaryPrimitives.WriteUInt64LittleEndian(hash, value);
            _bytes.AddRange(hash);
        }

        public void Write(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                _bytes.Add((byte)(value | 0x80));
            _bytes.Add((byte)value);
        }

        public void Write(ReadOnlySpan<byte> text)
        {
            Write((ulong)text.Length);
            _bytes.AddRange(text);
        }
    }
}
