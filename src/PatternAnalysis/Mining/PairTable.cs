using System.Numerics;

namespace PatternAnalysis.Mining;

/// <summary>A hash table from pairs of non-negative integers to integers, by open addressing; several times faster here than a dictionary.</summary>
internal sealed class PairTable
{
    private long[] _keys = new long[1024];
    private int[] _values = new int[1024];
    private int _count;

    public PairTable() => Array.Fill(_keys, -1);

    public void Clear()
    {
        Array.Fill(_keys, -1);
        _count = 0;
    }

    /// <summary>The value of a pair; <paramref name="added"/> tells whether it was not there, and is then <paramref name="value"/>.</summary>
    public int GetOrAdd(int first, int second, int value, out bool added)
    {
        if (_count * 2 >= _keys.Length)
            Grow();

        var key = Key(first, second);
        var slot = Find(key);
        added = _keys[slot] < 0;
        if (added)
        {
            _keys[slot] = key;
            _values[slot] = value;
            _count++;
        }

        return _values[slot];
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
        var slot = (int)((ulong)key * 0x9E3779B97F4A7C15UL >> (64 - BitOperations.Log2((uint)_keys.Length)));
        while (_keys[slot] >= 0 && _keys[slot] != key)
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (keys, values) = (_keys, _values);
        _keys = new long[keys.Length * 2];
        _values = new int[keys.Length * 2];
        Array.Fill(_keys, -1);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i] < 0)
                continue;
            var slot = Find(keys[i]);
            _keys[slot] = keys[i];
            _values[slot] = values[i];
        }
    }
}
