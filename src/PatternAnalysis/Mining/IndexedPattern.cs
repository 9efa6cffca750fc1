namespace PatternAnalysis.Mining;

/// <summary>A pattern as a place in the index that it was found in.</summary>
/// <param name="Index">The index.</param>
/// <param name="Node">The pattern's node there.</param>
/// <param name="SessionOf">The corpus's number of each of the index's sequences, or null when they are the same.</param>
internal sealed record IndexedPattern(SequenceIndex Index, int Node, int[]? SessionOf = null)
{
    private IReadOnlyList<Sighting>? _sightings;

    /// <summary>The sessions that hold the pattern, ascending, each with its non-overlapping count.</summary>
    public IReadOnlyList<Sighting> Sightings => _sightings ??= ReadSightings();

    private Sighting[] ReadSightings()
    {
        var sightings = new Sighting[Index[Node].SessionCount];
        var sessions = Index.Sessions(Node);
        for (var i = 0; sessions.MoveNext(); i++)
            sightings[i] = new Sighting(SessionOf?[sessions.Session] ?? sessions.Session, sessions.OccurrenceCount);
        return sightings;
    }

    /// <summary>How often a pattern occurs in a session, counted from left to right without overlap.</summary>
    internal readonly record struct Sighting(int Session, int Count);
}
