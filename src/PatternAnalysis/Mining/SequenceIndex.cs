using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// All frequent contiguous sub-sequences of a corpus and how often each occurs in which session.
/// </summary>
/// <remarks>
/// A node stands for a frequent sub-sequence that has at least two different left neighbours (the start of a sequence counts as one that
/// differs from all others). No other needs a node: a sub-sequence that is always preceded by the same step occurs exactly where its
/// longer form occurs. A node's <em>parent</em> is its text without the last step; its <em>link</em> is its longest proper suffix that has
/// a node. Only a node that also has different right neighbours keeps its own list of sessions; any other shares that of its only
/// extension.
/// </remarks>
internal sealed class SequenceIndex(SequenceCorpus corpus)
{
    public const int None = -1;

    private const int BlockBits = 9;
    private const int BlockLength = 1 << BlockBits;

    // A sub-sequence in this share of the sessions gets its counts in an array as well, to be looked up by session.
    private const int DenseShare = 8;

    private readonly object _blocksChange = new();
    private Node[][] _blocks = new Node[16][];
    private int _blockCount;
    private ushort[]?[] _dense = [];

    public SequenceCorpus Corpus { get; } = corpus;

    public SessionLists Lists { get; } = new();

    /// <summary>The longest sub-sequences that were looked at, when longer ones were given up; else null.</summary>
    public int? LongestLength { get; set; }

    /// <summary>One more than the highest number of a node; a number below it whose node has length 0 was not used.</summary>
    public int NodeCount => _blockCount << BlockBits;

    public ref Node this[int node] => ref _blocks[node >> BlockBits][node & (BlockLength - 1)];

    /// <summary>Numbers for new nodes, from the returned one on; each thread takes its own.</summary>
    public int Reserve(out int count)
    {
        count = BlockLength;
        var block = new Node[BlockLength];
        lock (_blocksChange)
        {
            // Whoever reads an older array at the same time finds its own blocks there as well.
            if (_blockCount == _blocks.Length)
                Array.Resize(ref _blocks, _blockCount * 2);
            _blocks[_blockCount] = block;
            return _blockCount++ << BlockBits;
        }
    }

    /// <summary>The steps of a node.</summary>
    public ReadOnlySpan<int> Steps(int node) => Corpus.AllSteps.AsSpan(this[node].Position, this[node].Length);

    /// <summary>
    /// The sessions that hold a node's steps, ascending, each with its counts. Those without overlap are right for closed nodes only.
    /// </summary>
    public SessionLists.Reader Sessions(int node)
    {
        ref var owner = ref this[this[node].Closure];
        return Lists.Read(owner.SessionList, owner.SessionCount, owner.RawCount != owner.OccurrenceCount);
    }

    /// <summary>A node's raw count by session, when it occurs in so many that looking up beats reading its list; else null.</summary>
    public ushort[]? DenseCounts(int node)
    {
        var owner = this[node].Closure;
        if (this[owner].SessionCount < Corpus.Count / DenseShare || Corpus.LongestLength > ushort.MaxValue)
            return null;

        // Two threads may both count it; the results are equal, and either may be kept.
        ref var counts = ref _dense[owner];
        if (Volatile.Read(ref counts) is { } known)
            return known;

        var made = new ushort[Corpus.Count];
        for (var sessions = Sessions(owner); sessions.MoveNext(); )
            made[sessions.Session] = (ushort)sessions.RawCount;
        Volatile.Write(ref counts, made);
        return made;
    }

    /// <summary>The node with the same occurrences as the last <paramref name="length"/> steps of <paramref name="node"/>.</summary>
    public int Suffix(int node, int length)
    {
        for (var link = this[node].Link; link != None && this[link].Length >= length; link = this[node].Link)
            node = link;
        return node;
    }

    /// <summary>Completes what needs all nodes: links, and closures that point straight at the end of a chain of only extensions.</summary>
    public void Complete()
    {
        _dense = new ushort[]?[NodeCount];

        // Parents have lower numbers than their children.
        for (var node = NodeCount - 1; node >= 0; node--)
        {
            if (this[node].Length > 0)
                this[node].Closure = this[this[node].Closure].Closure;
        }

        // Keyed by (parent + 1, last step), so that nodes of one step, whose parent is none, have a key as well.
        var children = new PairTable(NodeCount);
        var byLength = NodesByLength();
        foreach (var node in byLength)
            children.Add(this[node].Parent + 1, LastStep(node), node);

        // A link's own links must be known, and a link is shorter.
        foreach (var node in byLength)
            this[node].Link = FindLink(node, children);
    }

    private int[] NodesByLength()
    {
        var nodes = new List<int>(NodeCount);
        for (var node = 0; node < NodeCount; node++)
        {
            if (this[node].Length > 0)
                nodes.Add(node);
        }

        int[] byLength = [.. nodes];
        Array.Sort(Array.ConvertAll(byLength, node => this[node].Length), byLength);
        return byLength;
    }

    private int FindLink(int node, PairTable children)
    {
        var step = LastStep(node);
        for (var suffix = this[node].Parent; suffix != None; )
        {
            suffix = this[suffix].Link;
            var link = children.Get(suffix + 1, step);
            if (link != None)
                return link;
        }

        return None;
    }

    private int LastStep(int node) => Corpus.AllSteps[this[node].Position + this[node].Length - 1];

    public struct Node
    {
        /// <summary>Where its first occurrence starts in the corpus.</summary>
        public int Position;

        /// <summary>How many steps it has; 0 when no node has this number.</summary>
        public int Length;

        /// <summary>The node of its steps without the last one.</summary>
        public int Parent;

        /// <summary>The node of its longest proper suffix that has one.</summary>
        public int Link;

        /// <summary>The node that shares its occurrences and keeps the list of their sessions: itself, or an extension.</summary>
        public int Closure;

        /// <summary>In how many sessions it occurs.</summary>
        public int SessionCount;

        /// <summary>How often it occurs, overlapping occurrences included.</summary>
        public int RawCount;

        /// <summary>How often it occurs, counted from left to right without overlap.</summary>
        public int OccurrenceCount;

        /// <summary>Where its list of sessions is, when <see cref="Closure"/> is the node itself.</summary>
        public long SessionList;

        /// <summary>Whether it has different right neighbours: no one-step extension occurs as often.</summary>
        public bool IsClosed;
    }
}
