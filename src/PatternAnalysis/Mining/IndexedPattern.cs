namespace PatternAnalysis.Mining;

/// <summary>A pattern as a place in the index that it was found in.</summary>
/// <param name="Index">The index.</param>
/// <param name="Node">The pattern's node there.</param>
/// <param name="SessionOf">The corpus's number of each of the index's sequences, or null when they are the same.</param>
internal sealed record IndexedPattern(SequenceIndex Index, int Node, int[]? SessionOf = null)
{
    /// <summary>The sessions that hold the pattern, ascending, each with its non-overlapping count.</summary>
    public IReadOnlyList<Sighting> Sightings
    {
        get
        {
            var sightings = new Sighting[Index[Node].SessionCount];
            var reader = Read();
            for (var i = 0; reader.MoveNext(); i++)
                sightings[i] = new Sighting(reader.Session, reader.Count);
            return sightings;
        }
    }

    /// <summary>The same, one after the other and without memory of their own.</summary>
    public SightingReader Read() => new(Index.Sessions(Node), SessionOf);

    /// <summary>How often a pattern occurs in a session, counted from left to right without overlap.</summary>
    internal readonly record struct Sighting(int Session, int Count);

    /// <summary>Reads sightings.</summary>
    internal ref struct SightingReader(SessionLists.Reader sessions, int[]? sessionOf)
    {
        private SessionLists.Reader _sessions = sessions;

        public readonly int Session => sessionOf?[_sessions.Session] ?? _sessions.Session;

        public readonly int Count => _sessions.OccurrenceCount;

        public bool MoveNext() => _sessions.MoveNext();
    }
}
