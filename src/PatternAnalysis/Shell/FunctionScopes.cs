namespace PatternAnalysis.Shell;

/// <summary>
/// The functions that are certainly defined at a place of a script. A definition counts to the end of the block that it stands in: a
/// branch may not be taken, a subshell's definitions end with it.
/// </summary>
internal sealed class FunctionScopes
{
    private readonly Dictionary<string, int> _depthByName;
    private readonly Stack<List<string>?> _scopes = new();

    public FunctionScopes(StringComparer comparer) => _depthByName = new Dictionary<string, int>(comparer);

    /// <summary>How many blocks are open.</summary>
    public int Depth => _scopes.Count;

    public void Open() => _scopes.Push(null);

    /// <summary>Closes blocks until this many are open; what they defined is gone.</summary>
    public void CloseTo(int depth)
    {
        while (_scopes.Count > depth)
        {
            var closing = _scopes.Count;
            foreach (var name in _scopes.Pop() ?? [])
            {
                if (_depthByName.TryGetValue(name, out var definedAt) && definedAt == closing)
                    _depthByName.Remove(name);
            }
        }
    }

    public void Define(string name)
    {
        if (!_depthByName.TryAdd(name, _scopes.Count) || _scopes.Count == 0)
            return;
        var names = _scopes.Pop() ?? [];
        names.Add(name);
        _scopes.Push(names);
    }

    public void Undefine(string name) => _depthByName.Remove(name);

    public bool IsDefined(string name) => _depthByName.ContainsKey(name);
}
