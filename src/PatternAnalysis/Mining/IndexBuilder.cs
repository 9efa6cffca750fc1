using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// Builds a <see cref="SequenceIndex"/> level by level: a sub-sequence of n + 1 steps is named by the node of its first n steps and its last step.
/// </summary>
/// <remarks>
/// Positions are visited in text order, so that one pass a level gives sessions, raw and non-overlapping counts and both neighbours;
/// only positions that hold a node are visited again. Time: O(steps x levels) at the worst, in practice a few visits a step. Every prefix of a
/// sub-sequence with different left neighbours has different left neighbours too, so nothing is missed by extending only those.
/// </remarks>
internal sealed class IndexBuilder
{
    private const int SequenceStart = -1;
    private const int Various = -2;
    private const int Infrequent = -2;

    // Pairs are keyed by (parent + 1, last step), so that a first-level node, whose parent is none, has a key as well.
    private const int Root = SequenceIndex.None + 1;

    private readonly SequenceCorpus _corpus;
    private readonly MiningOptions _options;
    private readonly SequenceIndex _index;

    // Children by (parent, last step): one node for all levels, to follow links; and the candidates of the level in work.
    private readonly PairTable _children = new();
    private readonly PairTable _candidateOf = new();
    private readonly GrowingArray<Candidate> _candidates = new();

    // A sub-sequence known to be infrequent makes every longer one infrequent that contains it: its length, by its first position.
    private readonly int[] _infrequentFrom;

    private Occurrence[] _current = [];
    private int _currentCount;

    private IndexBuilder(SequenceCorpus corpus, MiningOptions options)
    {
        _corpus = corpus;
        _options = options;
        _index = new SequenceIndex(corpus);
        _infrequentFrom = new int[corpus.StepCount + 1];
        Array.Fill(_infrequentFrom, int.MaxValue);
    }

    public static SequenceIndex Build(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken)
    {
        var builder = new IndexBuilder(corpus, options);
        builder.CountFirstLevel();
        var firstOfLevel = 0;
        for (var length = 1; builder._currentCount > 0; length++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var end = builder._index.NodeCount;
            // One level beyond the longest pattern is counted too: it tells which of the longest are closed.
            if (length <= options.MaximumLength)
                builder.CountExtensions(length, cancellationToken);
            else
                builder.ForgetCandidates();
            builder.CloseLevel(firstOfLevel, end);
            builder.KeepFrequent(length + 1);
            firstOfLevel = end;
        }

        builder.ResolveClosures();
        return builder._index;
    }

    /// <summary>Points every node straight at the end of its chain of only extensions; children come after their parents.</summary>
    private void ResolveClosures()
    {
        for (var node = _index.NodeCount - 1; node >= 0; node--)
            _index[node].Closure = _index[_index[node].Closure].Closure;
    }

    private void CountFirstLevel()
    {
        var steps = _corpus.AllSteps;
        _current = new Occurrence[steps.Length];
        var starts = _corpus.Starts;
        for (var session = 0; session < _corpus.Count; session++)
        {
            for (var position = starts[session]; position < starts[session + 1]; position++)
                Count(SequenceIndex.None, steps[position], 1, position, session);
        }

        _currentCount = 0;
        for (var session = 0; session < _corpus.Count; session++)
        {
            for (var position = starts[session]; position < starts[session + 1]; position++)
                _current[_currentCount++] = new Occurrence(position, session, SequenceIndex.None, _candidateOf.Get(Root, steps[position]));
        }

        KeepFrequent(1);
    }

    private void CountExtensions(int length, CancellationToken cancellationToken)
    {
        ForgetCandidates();
        var steps = _corpus.AllSteps;
        var starts = _corpus.Starts;
        for (var i = 0; i < _currentCount; i++)
        {
            if ((i & 0xFFFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();

            ref var occurrence = ref _current[i];
            var next = occurrence.Position + length;
            if (next == starts[occurrence.Session + 1])
                occurrence.Candidate = SequenceIndex.None;
            else if (_infrequentFrom[occurrence.Position + 1] <= length)
                _infrequentFrom[occurrence.Position] = length + 1;
            else
                occurrence.Candidate = Count(occurrence.Node, steps[next], length + 1, occurrence.Position, occurrence.Session);
        }
    }

    private void ForgetCandidates()
    {
        _candidateOf.Clear();
        _candidates.Clear();
        for (var i = 0; i < _currentCount; i++)
            _current[i].Candidate = SequenceIndex.None;
    }

    private int Count(int parent, int step, int length, int position, int session)
    {
        var number = _candidateOf.GetOrAdd(parent + 1, step, _candidates.Count, out var added);
        if (added)
        {
            _candidates.Add(new Candidate
            {
                Position = position, Parent = parent, LastSession = SequenceIndex.None, Left = LeftOf(position, session),
            });
        }

        ref var candidate = ref _candidates[number];
        candidate.RawCount++;
        if (candidate.LastSession != session)
        {
            candidate.LastSession = session;
            candidate.SessionCount++;
            candidate.NextFree = 0;
        }

        if (position >= candidate.NextFree)
        {
            candidate.OccurrenceCount++;
            candidate.NextFree = position + length;
        }

        var left = LeftOf(position, session);
        if (left == SequenceStart || left != candidate.Left)
            candidate.Left = candidate.RawCount == 1 ? left : Various;
        return number;
    }

    private int LeftOf(int position, int session) => position == _corpus.Starts[session] ? SequenceStart : _corpus.AllSteps[position - 1];

    /// <summary>Decides for each node of a level whether it has different right neighbours, and makes the session lists of those that have.</summary>
    private void CloseLevel(int firstNode, int endNode)
    {
        for (var node = firstNode; node < endNode; node++)
            _index[node].Closure = node;

        // A child with the same count is the only extension; it gets its number, and the parent its closure, when the child is kept.
        for (var i = 0; i < _candidates.Count; i++)
        {
            var parent = _candidates[i].Parent;
            if (_candidates[i].RawCount == _index[parent].RawCount)
                _index[parent].Closure = SequenceIndex.None;
        }

        var lists = new SequenceIndex.SessionCount[endNode - firstNode][];
        var filled = new int[endNode - firstNode];
        for (var i = 0; i < _currentCount; i++)
        {
            var (node, session) = (_current[i].Node, _current[i].Session);
            if (_index[node].Closure == SequenceIndex.None)
                continue;

            ref var list = ref lists[node - firstNode];
            list ??= new SequenceIndex.SessionCount[_index[node].SessionCount];
            ref var count = ref filled[node - firstNode];
            if (count > 0 && list[count - 1].Session == session)
                list[count - 1] = new SequenceIndex.SessionCount(session, list[count - 1].Count + 1);
            else
                list[count++] = new SequenceIndex.SessionCount(session, 1);
        }

        for (var node = firstNode; node < endNode; node++)
        {
            if (lists[node - firstNode] is { } list)
                _index[node].SessionList = _index.AddSessions(list);
        }
    }

    /// <summary>Makes nodes of the candidates that are frequent and have different left neighbours, and keeps their positions for the next level.</summary>
    private void KeepFrequent(int length)
    {
        for (var i = 0; i < _candidates.Count; i++)
        {
            ref var candidate = ref _candidates[i];
            candidate.Node = candidate.SessionCount < _options.MinimumSessions ? Infrequent
                : candidate.Left is Various or SequenceStart ? AddNode(candidate, length)
                : SequenceIndex.None;
        }

        var kept = 0;
        for (var i = 0; i < _currentCount; i++)
        {
            var occurrence = _current[i];
            var node = occurrence.Candidate == SequenceIndex.None ? SequenceIndex.None : _candidates[occurrence.Candidate].Node;
            if (node >= 0)
                _current[kept++] = occurrence with { Node = node, Candidate = SequenceIndex.None };
            else if (node == Infrequent)
                _infrequentFrom[occurrence.Position] = length;
        }

        _currentCount = kept;
    }

    private int AddNode(in Candidate candidate, int length)
    {
        var step = _corpus.AllSteps[candidate.Position + length - 1];
        var node = _index.Add(new SequenceIndex.Node
        {
            Position = candidate.Position,
            Length = length,
            Parent = candidate.Parent,
            Link = candidate.Parent == SequenceIndex.None ? SequenceIndex.None : LinkOf(candidate.Parent, step),
            SessionCount = candidate.SessionCount,
            RawCount = candidate.RawCount,
            OccurrenceCount = candidate.OccurrenceCount,
        });
        _children.GetOrAdd(candidate.Parent + 1, step, node, out _);

        // The only extension of its parent: the two share their occurrences.
        if (candidate.Parent != SequenceIndex.None && _index[candidate.Parent].RawCount == candidate.RawCount)
            _index[candidate.Parent].Closure = node;
        return node;
    }

    private int LinkOf(int parent, int step)
    {
        var suffix = parent;
        do
        {
            suffix = _index[suffix].Link;
            var node = _children.Get(suffix + 1, step);
            if (node != SequenceIndex.None)
                return node;
        }
        while (suffix != SequenceIndex.None);

        return SequenceIndex.None;
    }

    private record struct Occurrence(int Position, int Session, int Node, int Candidate);

    private struct Candidate
    {
        public int Position;
        public int Parent;
        public int RawCount;
        public int SessionCount;
        public int OccurrenceCount;
        public int LastSession;
        public int NextFree;
        public int Left;
        public int Node;
    }
}
