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
        var sessions = Index.Sessions(Node);
        var sightings = new Sighting[sessions.Length];
        var pattern = Index.Steps(Node);
        var overlaps = PatternText.CanOverlapItself(pattern);
        for (var i = 0; i < sightings.Length; i++)
        {
            var (session, raw) = sessions[i];
            var count = overlaps && raw > 1 ? PatternText.CountWithoutOverlap(Index.Corpus.Steps(session), pattern) : raw;
            sightings[i] = new Sighting(SessionOf?[session] ?? session, count);
        }

        return sightings;
    }

    /// <summary>How often a pattern occurs in a session, counted from left to right without overlap.</summary>
    internal readonly record struct Sighting(int Session, int Count);
}
