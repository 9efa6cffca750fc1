using System.Runtime.CompilerServices;

namespace PatternAnalysis.Mining;

/// <summary>
/// The sessions of many sub-sequences, each with its counts, in one to two bytes an entry: sessions ascend, so only the distance to the
/// last one is kept, in seven bits a byte, together with the raw count where that is small.
/// </summary>
internal sealed class SessionLists
{
    private const int BlockLength = 1 << 20;
    private const int CountBits = 2;
    private const int SmallCount = (1 << CountBits) - 1;

    private readonly object _blocksChange = new();
    private byte[][] _blocks = new byte[16][];
    private int _blockCount;

    /// <summary>Reads the list at an address.</summary>
    /// <param name="address">What <see cref="Writer.Finish"/> gave.</param>
    /// <param name="length">How many sessions it has.</param>
    /// <param name="overlaps">Whether it was written with counts without overlap.</param>
    public Reader Read(long address, int length, bool overlaps) => new(_blocks[address >> 32].AsSpan((int)address), length, overlaps);

    private long AddBlock(int length, out byte[] block)
    {
        block = new byte[length];
        lock (_blocksChange)
        {
            // Whoever reads an older array at the same time finds its own blocks there as well.
            if (_blockCount == _blocks.Length)
                Array.Resize(ref _blocks, _blockCount * 2);
            _blocks[_blockCount] = block;
            return (long)_blockCount++ << 32;
        }
    }

    /// <summary>Writes lists, one after the other; each thread has its own.</summary>
    public sealed class Writer(SessionLists lists)
    {
        private byte[] _list = new byte[1024];
        private int _length;
        private int _lastSession = -1;
        private byte[] _block = [];
        private long _blockAddress;
        private int _used;

        /// <summary>Adds a session, larger than the last one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(int session, int rawCount)
        {
            var small = Math.Min(rawCount - 1, SmallCount);
            Put((uint)(session - _lastSession) << CountBits | (uint)small);
            if (small == SmallCount)
                Put((uint)(rawCount - 1 - SmallCount));
            _lastSession = session;
        }

        /// <summary>Adds a session of a list that overlaps.</summary>
        public void Add(int session, int rawCount, int occurrenceCount)
        {
            Add(session, rawCount);
            Put((uint)(rawCount - occurrenceCount));
        }

        /// <summary>Ends the list and gives its address.</summary>
        public long Finish()
        {
            if (_used + _length > _block.Length)
            {
                _blockAddress = lists.AddBlock(Math.Max(BlockLength, _length), out _block);
                _used = 0;
            }

            _list.AsSpan(0, _length).CopyTo(_block.AsSpan(_used));
            var address = _blockAddress + _used;
            _used += _length;
            _length = 0;
            _lastSession = -1;
            return address;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Put(uint value)
        {
            if (_length + 10 > _list.Length)
                Array.Resize(ref _list, _list.Length * 2);
            for (; value >= 0x80; value >>= 7)
                _list[_length++] = (byte)(value | 0x80);
            _list[_length++] = (byte)value;
        }
    }

    /// <summary>Reads one list from its start.</summary>
    public ref struct Reader
    {
        private readonly ReadOnlySpan<byte> _bytes;
        private readonly bool _overlaps;
        private int _at;
        private int _left;

        internal Reader(ReadOnlySpan<byte> bytes, int length, bool overlaps)
        {
            _bytes = bytes;
            _left = length;
            _overlaps = overlaps;
            Session = -1;
        }

        /// <summary>The session; <see cref="int.MaxValue"/> after the end.</summary>
        public int Session { get; private set; }

        /// <summary>How often it holds the sub-sequence, overlapping occurrences included.</summary>
        public int RawCount { get; private set; }

        /// <summary>The same without overlap.</summary>
        public int OccurrenceCount { get; private set; }

        /// <summary>Goes to the next session.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool MoveNext()
        {
            if (--_left < 0)
            {
                Session = int.MaxValue;
                return false;
            }

            var value = Get();
            Session += (int)(value >> CountBits);
            RawCount = (int)(value & SmallCount) + 1;
            if (RawCount > SmallCount)
                RawCount += (int)Get();
            OccurrenceCount = RawCount;
            if (_overlaps)
                OccurrenceCount -= (int)Get();
            return true;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private uint Get()
        {
            uint value = _bytes[_at++];
            return value < 0x80 ? value : GetMore(value & 0x7F);
        }

        private uint GetMore(uint value)
        {
            for (var shift = 7; ; shift += 7)
            {
                uint next = _bytes[_at++];
                value |= (next & 0x7F) << shift;
                if (next < 0x80)
                    return value;
            }
        }
    }
}
