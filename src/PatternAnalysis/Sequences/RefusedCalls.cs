namespace PatternAnalysis.Sequences;

/// <summary>The calls that were refused, by the user or by a rule: their start was recorded, but nothing was done.</summary>
internal sealed class RefusedCalls
{
    /// <summary>The events that say so.</summary>
    public const string EventType = "PermissionDenied";

    private readonly HashSet<ulong> _calls = [];

    public void Add(ReadOnlySpan<byte> toolUseId)
    {
        if (!toolUseId.IsEmpty)
            _calls.Add(SparseColumn.Hash(toolUseId));
    }

    public bool Contains(ulong call) => _calls.Count > 0 && call != 0 && _calls.Contains(call);
}
