namespace PatternAnalysis.Mining;

/// <summary>Reads in which sequences of a corpus a pattern occurs, ascending, and how often.</summary>
/// <param name="sessions">The sequences, by the numbers of the index.</param>
/// <param name="sessionOf">The corpus's number of each of those, or null when they are the same.</param>
internal ref struct SightingReader(SessionLists.Reader sessions, int[]? sessionOf)
{
    private readonly bool _hasAny = true;
    private SessionLists.Reader _sessions = sessions;

    /// <summary>The sequence.</summary>
    public readonly int Session => sessionOf?[_sessions.Session] ?? _sessions.Session;

    /// <summary>How often it holds the pattern, without overlap.</summary>
    public readonly int Count => _sessions.OccurrenceCount;

    /// <summary>Goes to the next sequence.</summary>
    public bool MoveNext() => _hasAny && _sessions.MoveNext();
}
