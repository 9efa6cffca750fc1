using System.Runtime.CompilerServices;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Numbers distinct texts 0, 1, 2… in the order in which they first come. Looking up a known text allocates nothing.
/// The hash is seeded per process, so hostile names can't be chosen to collide.
/// </summary>
internal sealed class Utf8Interner
{
    private readonly List<string> _texts = [];
    private readonly List<byte[]> _bytes = [];
    private int[] _slots = new int[64];
    private int[] _hashes = new int[32];

    public int Count => _texts.Count;

    public IReadOnlyList<string> Texts => _texts;

    public string this[int id] => _texts[id];

    public int Add(string text)
    {
        // Names are short; a hostile long one goes to the heap.
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> buffer = length <= 512 ? stackalloc byte[512] : new byte[length];
        return Add(buffer[..Encoding.UTF8.GetBytes(text, buffer)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Add(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        return Find(text, hash) is >= 0 and var known ? known : Append(Encoding.UTF8.GetString(text), text.ToArray(), hash);
    }

    /// <summary>Adds the texts of another one, and gives the number of each by its number there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] AddAll(Utf8Interner other)
    {
        var numbers = new int[other.Count];
        for (var id = 0; id < numbers.Length; id++)
        {
            var known = Find(other._bytes[id], other._hashes[id]);
            numbers[id] = known >= 0 ? known : Append(other._texts[id], other._bytes[id], other._hashes[id]);
        }

        return numbers;
    }

    /// <summary>A text's number, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(ReadOnlySpan<byte> text, int hash)
    {
        var mask = _slots.Length - 1;
        for (var slot = hash & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            var id = _slots[slot] - 1;
            if (_hashes[id] == hash && text.SequenceEqual(_bytes[id]))
                return id;
        }

        return -1;
    }

    private int Append(string text, byte[] bytes, int hash)
    {
        var added = _texts.Count;
        if (added == _hashes.Length)
            Array.Resize(ref _hashes, added * 2);
        _texts.Add(text);
        _bytes.Add(bytes);
        _hashes[added] = hash;
        Occupy(added);
        if (_texts.Count * 2 > _slots.Length)
            Grow();
        return added;
    }

    private void Occupy(int id)
    {
        var mask = _slots.Length - 1;
        var slot = _hashes[id] & mask;
        while (_slots[slot] != 0)
            slot = (slot + 1) & mask;
        _slots[slot] = id + 1;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        for (var id = 0; id < _texts.Count; id++)
            Occupy(id);
    }

    private static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = new HashCode();
        hash.AddBytes(text);
        return hash.ToHashCode();
    }
}
