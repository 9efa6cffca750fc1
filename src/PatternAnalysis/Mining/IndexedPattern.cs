using System.Runtime.CompilerServices;
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
    private DangerVerdict? _danger;
    private OccurrenceDanger? _occurrences;

    /// <summary>The corpus that <see cref="Read"/> counts the sessions of.</summary>
    public SequenceCorpus Corpus => _corpus;

    public SequenceIndex Index { get; } = index;

    public override int Node { get; } = node;

    public override ReadOnlySpan<int> StepNumbers => Index.Steps(Node);

    public override int Length => Index[Node].Length;

    public override int SessionCount => Index[Node].SessionCount;

    public override int OccurrenceCount => Index[Node].OccurrenceCount;

    public override int RawCount => Index[Node].RawCount;

    public override int FirstPosition => Index[Node].Position;

    public override IReadOnlyList<string> Steps => [.. Index.Steps(Node).ToArray().Select(_corpus.Activity)];

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

    public override SessionSighting[] SeenIn
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        get
        {
            var seen = new SessionSighting[Index[Node].SessionCount];
            var reader = Read();
            for (var i = 0; reader.MoveNext(); i++)
            {
                var (from, to) = _corpus.Observed(reader.Session);
                seen[i] = new SessionSighting(_corpus.SessionId(reader.Session), reader.Count, from, to);
            }

            return seen;
        }
    }

    /// <summary>
    /// The steps of a session that occurrences start at, overlapping ones included, and when they happened, in UTC ticks to the
    /// millisecond.
    /// </summary>
    public (int[] Starts, long[] Ticks) StartsIn(int session)
    {
        var starts = new List<int>();
        foreach (var at in new PatternMatcher(Index.Steps(Node)).In(_corpus.Steps(session)))
            starts.Add(at);
        return ([.. starts], [.. starts.Select(at => _corpus.UtcTicks(session, at))]);
    }

    /// <remarks>O(the steps of the sessions that hold the pattern and have a step that is not safe).</remarks>
    public override DangerVerdict Danger => _danger ??= FindDanger();

    /// <remarks>O(the steps of the sessions that hold the pattern and an unsafe step of one of its activities).</remarks>
    public override OccurrenceDanger Occurrences => _occurrences ??= OccurrenceScan.Of(this);

    public override int RawCountOfEnd(int length, bool last) => Index[last ? Index.Suffix(Node, length) : PrefixNode(length)].RawCount;

    public override int PrefixNode(int length)
    {
        var prefix = Node;
        while (Index[prefix].Length > length)
            prefix = Index[prefix].Parent;
        return prefix;
    }

    // Counts grow as parts get shorter, so each chain ends where they are too many.
    public override IEnumerable<int> Parts(double mostOften)
    {
        for (var prefix = Node; prefix != SequenceIndex.None && Index[prefix].RawCount <= mostOften; prefix = Index[prefix].Parent)
        {
            for (var part = prefix; part != SequenceIndex.None && Index[part].RawCount <= mostOften; part = Index[part].Link)
                yield return part;
        }
    }

    public override int CountOutside(string sessionId, long earliest, long latest)
    {
        var count = 0;
        var matcher = new PatternMatcher(Index.Steps(Node));
        foreach (var (session, _) in Sightings.Where(sighting => _corpus.SessionId(sighting.Session) == sessionId))
        {
            var free = 0;
            foreach (var at in matcher.In(_corpus.Steps(session)))
            {
                if (at < free)
                    continue;
                free = at + Length;
                var start = _corpus.UtcTicks(session, at);
                if (start < earliest || start > latest)
                    count++;
            }
        }

        return count;
    }

    public override SightingReader Read() => new(Index.Sessions(Node), sessionOf);

    private DangerVerdict FindDanger()
    {
        var wanted = Index.Steps(Node);

        // Most patterns are of activities that no step of which is anything but safe, without a disabled rule to tell of.
        var possible = DangerLevel.Safe;
        var isPlain = true;
        foreach (var activity in wanted)
        {
            possible = (DangerLevel)Math.Max((int)possible, (int)_corpus.WorstLevel(activity));
            isPlain &= _corpus.UnsafeSequences(activity).Count == 0;
        }

        return isPlain ? DangerVerdict.Safe : WorstOccurrence(wanted, possible);
    }

    private DangerVerdict WorstOccurrence(ReadOnlySpan<int> wanted, DangerLevel possible)
    {
        var matcher = new PatternMatcher(wanted);
        var worst = DangerVerdict.Safe;
        for (var sighting = Read(); sighting.MoveNext(); )
        {
            if (_corpus.IsAllSafe(sighting.Session))
                continue;

            // Occurrences overlap; a step is looked at once.
            var seen = 0;
            foreach (var start in matcher.In(_corpus.Steps(sighting.Session)))
            {
                for (var step = Math.Max(start, seen); step < start + wanted.Length; step++)
                    worst = DangerVerdict.Worst(worst, _corpus.Verdict(sighting.Session, step));
                if (worst.Level == possible && worst != DangerVerdict.Safe)
                    return worst;
                seen = start + wanted.Length;
            }
        }

        return worst;
    }

    /// <summary>How often a pattern occurs in a session, counted from left to right without overlap.</summary>
    internal readonly record struct Sighting(int Session, int Count);
}
