namespace PatternAnalysis.Sequences;

/// <summary>A column of hashed ids that many stores don't have: it takes no room before the first.</summary>
internal sealed class SparseColumn
{
    private GrowingArray<ulong>? _values;

    public ulong this[int row] => _values is not null && row < _values.Count ? _values[row] : 0;

    public void Set(int row, ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty)
            return;

        _values ??= new GrowingArray<ulong>();
        while (_values.Count < row)
            _values.Add(0);
        _values.Add(Hash(id));
    }

    /// <summary>FNV-1a of 64 bits: the same in every process, so that a chance collision at least is no riddle. Never 0.</summary>
    public static ulong Hash(ReadOnlySpan<byte> id)
    {
        var hash = 14695981039346656037;
        foreach (var item in id)
            hash = (hash ^ item) * 1099511628211;
        return hash == 0 ? 1 : hash;
    }
}
