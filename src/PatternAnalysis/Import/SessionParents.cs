namespace PatternAnalysis.Import;

/// <summary>
/// Which session started which, as the beginnings of files say: an agent's own file names only the one that it works for, and that may be
/// an agent too.
/// </summary>
public sealed class SessionParents
{
    // A chain that is longer is a loop.
    private const int MostNesting = 32;

    private readonly Dictionary<string, string> _parents = [];

    /// <summary>No session started another, as far as is known.</summary>
    public static SessionParents None { get; } = new();

    /// <summary>Takes note of an agent's session and of the one that started it.</summary>
    public void Add(string session, string parent)
    {
        if (session != parent)
            _parents.TryAdd(session, parent);
    }

    /// <summary>The session at the end of the chain that a session belongs to; itself when nobody started it.</summary>
    public string RootOf(string session)
    {
        for (var nesting = 0; nesting < MostNesting && _parents.TryGetValue(session, out var parent); nesting++)
            session = parent;
        return session;
    }
}
