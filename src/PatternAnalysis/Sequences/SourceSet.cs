namespace PatternAnalysis.Sequences;

/// <summary>Some of the sources, by their numbers: millions of events add the same few.</summary>
internal sealed class SourceSet
{
    private bool[] _has = [];

    /// <summary>Adds a source.</summary>
    public void Add(int source)
    {
        if (source >= _has.Length)
            Array.Resize(ref _has, Math.Max(source + 1, _has.Length * 2));
        _has[source] = true;
    }

    /// <summary>Whether a source was added.</summary>
    public bool Contains(int source) => source < _has.Length && _has[source];
}
