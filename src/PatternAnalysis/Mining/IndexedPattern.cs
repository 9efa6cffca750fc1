using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>A pattern as a place in the index that it was found in.</summary>
/// <param name="index">The index.</param>
/// <param name="node">The pattern's node there.</param>
/// <param name="corpus">The run's corpus, or null when it is the index's.</param>
/// <param name="sessionOf">The corpus's number of each of the index's sequences, or null when they are the same.</param>
internal sealed class IndexedPattern(SequenceIndex index, int node, SequenceCorpus? corpus = null, int[]? sessionOf = null) : PatternPlace
{
    private readonly SequenceCorpus _corpus = corpus ?? index.Corpus;
    private IReadOnlyList<Sighting>? _sightings;

    public SequenceIndex Index { get; } = index;

    public int Node { get; } = node;

    public override int Length => Index[Node].Length;

    public override int SessionCount => Index[Node].SessionCount;

    public override int OccurrenceCount => Index[Node].OccurrenceCount;

    public override int RawCount => Index[Node].RawCount;

    public override IReadOnlyList<string> Steps => [.. Index.Steps(Node).ToArray().Select(_corpus.Activity)];

    /// <summary>The sessions that hold the pattern, ascending, each with its non-overlapping count.</summary>
    public IReadOnlyList<Sighting> Sightings => _sightings ??= ReadSightings();

    public override IReadOnlyList<SessionSighting> SeenIn => [.. Sightings.Select(sighting => new SessionSighting(
        _corpus.SessionId(sighting.Session), sighting.Count,
        _corpus.UtcTicks(sighting.Session, 0), _corpus.UtcTicks(sighting.Session, _corpus.Length(sighting.Session) - 1)))];

    /// <remarks>O(the steps of the sessions that hold the pattern and have a step that is not safe).</remarks>
    public override DangerVerdict Danger
    {
        get
        {
            var wanted = Index.Steps(Node);
            var worst = DangerVerdict.Safe;
            foreach (var sighting in Sightings)
            {
                if (_corpus.IsAllSafe(sighting.Session))
                    continue;

                var steps = _corpus.Steps(sighting.Session);
                for (var at = 0; steps[at..].IndexOf(wanted) is >= 0 and var found; at += found + 1)
                {
                    for (var step = at + found; step < at + found + wanted.Length; step++)
                        worst = DangerVerdict.Worst(worst, _corpus.Verdict(sighting.Session, step));
                    if (worst.Level == DangerLevel.Destructive)
                        return worst;
                }
            }

            return worst;
        }
    }

    public override int CountOutside(string sessionId, long earliest, long latest)
    {
        var count = 0;
        foreach (var (session, _) in Sightings.Where(sighting => _corpus.SessionId(sighting.Session) == sessionId))
        {
            var steps = _corpus.Steps(session);
            var wanted = Index.Steps(Node);
            for (var at = 0; steps[at..].IndexOf(wanted) is >= 0 and var found; at += found + wanted.Length)
            {
                var start = _corpus.UtcTicks(session, at + found);
                if (start < earliest || start > latest)
                    count++;
            }
        }

        return count;
    }

    private Sighting[] ReadSightings()
    {
        var sightings = new Sighting[Index[Node].SessionCount];
        var sessions = Index.Sessions(Node);
        for (var i = 0; sessions.MoveNext(); i++)
            sightings[i] = new Sighting(sessionOf?[sessions.Session] ?? sessions.Session, sessions.OccurrenceCount);
        return sightings;
    }

    /// <summary>How often a pattern occurs in a session, counted from left to right without overlap.</summary>
    internal readonly record struct Sighting(int Session, int Count);
}
