namespace PatternAnalysis.Sequences;

/// <summary>A list that hands out its items by reference and as a span, which <see cref="List{T}"/> does not.</summary>
/// <param name="capacity">How many items there will be, about; room for them is made with the first.</param>
internal sealed class GrowingArray<T>(int capacity = 256)
{
    private T[] _items = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public void Add(T item)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Math.Max(Count == 0 ? capacity : Count * 2, 4));
        _items[Count++] = item;
    }

    public void Clear() => Count = 0;

    public Span<T> AsSpan() => _items.AsSpan(0, Count);

    /// <summary>The items as an array; the list's own when it is full, so the list must not be changed afterwards.</summary>
    public T[] ToArray() => Count == _items.Length ? _items : AsSpan().ToArray();
}
