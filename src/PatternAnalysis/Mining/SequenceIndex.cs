using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// All frequent contiguous sub-sequences of a corpus and how often each occurs in which session.
/// </summary>
/// <remarks>
/// A node stands for a frequent sub-sequence that has at least two different left neighbours (the start of a sequence counts as one that differs from all others).
/// No other needs a node: a sub-sequence that is always preceded by the same step occurs exactly where its longer form occurs.
/// A node's <em>parent</em> is its text without the last step; its <em>link</em> is its longest proper suffix that has a node.
/// Only a node that also has different right neighbours keeps its own list of sessions; any other shares that of its only extension.
/// </remarks>
internal sealed class SequenceIndex(SequenceCorpus corpus)
{
    public const int None = -1;

    private readonly GrowingArray<Node> _nodes = new(1024);
    private readonly List<SessionCount[]> _sessions = [];

    public SequenceCorpus Corpus { get; } = corpus;

    public int NodeCount => _nodes.Count;

    public ref Node this[int node] => ref _nodes[node];

    /// <summary>The steps of a node.</summary>
    public ReadOnlySpan<int> Steps(int node) => Corpus.AllSteps.AsSpan(_nodes[node].Position, _nodes[node].Length);

    /// <summary>The sessions that hold a node's steps, ascending, each with its raw count.</summary>
    public ReadOnlySpan<SessionCount> Sessions(int node) => _sessions[_nodes[_nodes[node].Closure].SessionList];

    /// <summary>The node with the same occurrences as the last <paramref name="length"/> steps of <paramref name="node"/>.</summary>
    public int Suffix(int node, int length)
    {
        for (var link = _nodes[node].Link; link != None && _nodes[link].Length >= length; link = _nodes[node].Link)
            node = link;
        return node;
    }

    public int Add(Node node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }

    public int AddSessions(SessionCount[] sessions)
    {
        _sessions.Add(sessions);
        return _sessions.Count - 1;
    }

    /// <summary>How often a sub-sequence occurs in a session, overlapping occurrences included.</summary>
    public readonly record struct SessionCount(int Session, int Count);

    public struct Node
    {
        /// <summary>Where its first occurrence starts in the corpus.</summary>
        public int Position;

        /// <summary>How many steps it has.</summary>
        public int Length;

        /// <summary>The node of its steps without the last one.</summary>
        public int Parent;

        /// <summary>The node of its longest proper suffix that has one.</summary>
        public int Link;

        /// <summary>The node that shares its occurrences and has different right neighbours: itself, or an extension.</summary>
        public int Closure;

        /// <summary>In how many sessions it occurs.</summary>
        public int SessionCount;

        /// <summary>How often it occurs, overlapping occurrences included.</summary>
        public int RawCount;

        /// <summary>How often it occurs, counted from left to right without overlap.</summary>
        public int OccurrenceCount;

        /// <summary>The number of its list of sessions, where <see cref="Closure"/> is the node itself.</summary>
        public int SessionList;
    }
}
