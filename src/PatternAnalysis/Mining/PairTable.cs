using System.Numerics;

namespace PatternAnalysis.Mining;

/// <summary>
/// A hash table from pairs of non-negative integers to integers, by open addressing; several times faster here than a dictionary.
/// </summary>
internal sealed class PairTable
{
    private readonly long[] _keys;
    private readonly int[] _values;
    private readonly int _shift;

    /// <summary>Makes a table for at most <paramref name="capacity"/> pairs.</summary>
    public PairTable(int capacity)
    {
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 8) * 2);
        _shift = 64 - BitOperations.Log2((uint)length);
        _keys = new long[length];
        _values = new int[length];
        Array.Fill(_keys, -1);
    }

    /// <summary>Adds a pair that is not there yet.</summary>
    public void Add(int first, int second, int value)
    {
        var slot = Find(Key(first, second));
        _keys[slot] = Key(first, second);
        _values[slot] = value;
    }

    /// <summary>The value of a pair, or -1.</summary>
    public int Get(int first, int second)
    {
        var slot = Find(Key(first, second));
        return _keys[slot] < 0 ? -1 : _values[slot];
    }

    private static long Key(int first, int second) => ((long)first << 32) | (uint)second;

    private int Find(long key)
    {
        var mask = _keys.Length - 1;
        var slot = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> _shift);
        while (_keys[slot] >= 0 && _keys[slot] != key)
            slot = (slot + 1) & mask;
        return slot;
    }
}
