namespace PatternAnalysis.Sequences;

/// <summary>A list that grows without copying: millions of items never lie in memory twice.</summary>
internal sealed class BlockList<T>
{
    public const int BlockBits = 14;
    public const int BlockLength = 1 << BlockBits;

    private readonly List<T[]> _blocks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _blocks[index >> BlockBits][index & (BlockLength - 1)];

    public void Add(T item)
    {
        if (Count == _blocks.Count << BlockBits)
            _blocks.Add(new T[BlockLength]);
        this[Count++] = item;
    }

    /// <summary>Adds empty items until there are so many.</summary>
    public void Extend(int count)
    {
        while (_blocks.Count << BlockBits < count)
            _blocks.Add(new T[BlockLength]);
        Count = Math.Max(Count, count);
    }

    /// <summary>Takes over the items of another list, without copying them: what is changed in one is changed in both.</summary>
    /// <returns>The number of the first; items between it and those that were there before mean nothing.</returns>
    public int Adopt(BlockList<T> other)
    {
        var first = _blocks.Count << BlockBits;
        _blocks.AddRange(other._blocks);
        Count = first + other.Count;
        return first;
    }

    /// <summary>The items, block by block.</summary>
    public IEnumerable<ArraySegment<T>> Blocks()
    {
        for (var block = 0; block << BlockBits < Count; block++)
            yield return new ArraySegment<T>(_blocks[block], 0, Math.Min(BlockLength, Count - (block << BlockBits)));
    }
}
