using System.Runtime.CompilerServices;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// Divides the occurrences of sub-sequences by their next step, one thread's share of <see cref="IndexBuilder"/>'s work.
/// What a segment is divided into takes its place in the other buffer, so two buffers hold all there ever is.
/// </summary>
internal sealed class SubsequenceRefiner
{
    private const int Various = -1;

    private readonly SequenceIndex _index;
    private readonly MiningOptions _options;
    private readonly Occurrence[][] _buffers;
    private readonly CancellationToken _cancellationToken;
    private readonly int[] _steps;
    private readonly int[] _starts;
    private readonly SessionLists.Writer _lists;
    private readonly Stack<Segment> _pending = [];
    private readonly List<Segment> _left = [];

    // The number of each step's extension among those of the segment in work, or -1.
    private readonly int[] _extensionOf;
    private readonly GrowingArray<Extension> _extensions = new();

    private int _nextNode;
    private int _nodesLeft;

    public SubsequenceRefiner(SequenceIndex index, MiningOptions options, Occurrence[][] buffers, CancellationToken cancellationToken)
    {
        _index = index;
        _options = options;
        _buffers = buffers;
        _cancellationToken = cancellationToken;
        _steps = index.Corpus.AllSteps;
        _starts = index.Corpus.Starts;
        _lists = new SessionLists.Writer(index.Lists);
        _extensionOf = new int[index.Corpus.ActivityCount];
        Array.Fill(_extensionOf, -1);
    }

    /// <summary>How many occurrences were looked at, each as often as it was.</summary>
    public long Visits { get; private set; }

    /// <summary>The nodes of one step: those of the empty sub-sequence's extensions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public List<Segment> FirstLevel()
    {
        for (var session = 0; session < _index.Corpus.Count; session++)
        {
            for (var position = _starts[session]; position < _starts[session + 1]; position++)
                Count(new Occurrence(position, session), _steps[position], 1);
        }

        MakeNodes(SequenceIndex.None, 1, 0, 0);
        var target = _buffers[0];
        for (var session = 0; session < _index.Corpus.Count; session++)
        {
            for (var position = _starts[session]; position < _starts[session + 1]; position++)
            {
                ref var extension = ref _extensions[_extensionOf[_steps[position]]];
                if (extension.Node != SequenceIndex.None)
                    target[extension.Next++] = new Occurrence(position, session);
            }
        }

        ForgetExtensions();
        List<Segment> segments = [.. _pending];
        _pending.Clear();
        return segments;
    }

    /// <summary>Refines a segment and all that it is divided into, up to a length; what has it is left for later.</summary>
    public void RefineTo(Segment segment, int length)
    {
        _pending.Push(segment);
        while (_pending.TryPop(out var next))
        {
            if (_index[next.Node].Length >= length && length < _options.MaximumLength)
                _left.Add(next);
            else
                Refine(next, _options.MaximumLength);
        }
    }

    /// <summary>Completes a segment's node without extending it.</summary>
    public void Finish(Segment segment) => Refine(segment, _index[segment.Node].Length);

    /// <summary>What <see cref="RefineTo"/> left, to be refined on by whatever thread.</summary>
    public List<Segment> TakeLeft()
    {
        List<Segment> left = [.. _left];
        _left.Clear();

        // Another thread's nodes may become parents of this one's; the rest of the numbers would be below theirs.
        _nodesLeft = 0;
        return left;
    }

    /// <summary>Counts the extensions of a segment's node and divides its occurrences among those that get nodes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refine(Segment segment, int longest)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Visits += segment.End - segment.Start;
        ref var node = ref _index[segment.Node];
        var occurrences = _buffers[segment.Buffer].AsSpan(segment.Start, segment.End - segment.Start);
        var length = node.Length;
        foreach (var occurrence in occurrences)
        {
            var next = occurrence.Position + length;
            if (next < _starts[occurrence.Session + 1])
                Count(occurrence, _steps[next], length + 1);
        }

        var hasOneExtension = _extensions.Count == 1 && _extensions[0].RawCount == node.RawCount;
        node.IsClosed = !hasOneExtension;
        if (length >= longest)
        {
            node.SessionList = WriteSessions(occurrences, node);
        }
        else if (hasOneExtension)
        {
            MakeNodes(segment.Node, length + 1, segment.Start, segment.Buffer);
            node.Closure = _extensions[0].Node;
        }
        else
        {
            node.SessionList = WriteSessions(occurrences, node);
            MakeNodes(segment.Node, length + 1, segment.Start, 1 - segment.Buffer);
            Divide(occurrences, _buffers[1 - segment.Buffer], length);
        }

        ForgetExtensions();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(Occurrence occurrence, int step, int length)
    {
        var number = _extensionOf[step];
        if (number < 0)
            number = AddExtension(occurrence, step);

        ref var extension = ref _extensions[number];
        extension.RawCount++;
        if (extension.LastSession != occurrence.Session)
        {
            extension.LastSession = occurrence.Session;
            extension.SessionCount++;
            extension.Next = 0;
        }

        if (occurrence.Position >= extension.Next)
        {
            extension.OccurrenceCount++;
            extension.Next = occurrence.Position + length;
        }

        if (extension.Left != Various && extension.Left != LeftOf(occurrence))
            extension.Left = Various;
    }

    private int AddExtension(Occurrence occurrence, int step)
    {
        _extensionOf[step] = _extensions.Count;
        _extensions.Add(
            new Extension
            {
                Step = step,
                Position = occurrence.Position,
                LastSession = -1,
                Left = LeftOf(occurrence),
            }
        );
        return _extensions.Count - 1;
    }

    // The start of a sequence differs from every step, and from the start of every other sequence.
    private int LeftOf(Occurrence occurrence) =>
        occurrence.Position == _starts[occurrence.Session] ? Various : _steps[occurrence.Position - 1];

    /// <summary>
    /// Makes nodes of the extensions that are frequent and have different left neighbours, and gives each a part of a buffer.
    /// </summary>
    private void MakeNodes(int parent, int length, int start, int buffer)
    {
        for (var i = 0; i < _extensions.Count; i++)
        {
            ref var extension = ref _extensions[i];
            if (extension.SessionCount < _options.MinimumSessions || extension.Left != Various)
            {
                extension.Node = SequenceIndex.None;
                continue;
            }

            extension.Node = NewNode();
            extension.Next = start;
            _index[extension.Node] = new SequenceIndex.Node
            {
                Position = extension.Position,
                Length = length,
                Parent = parent,
                Link = SequenceIndex.None,
                Closure = extension.Node,
                SessionCount = extension.SessionCount,
                RawCount = extension.RawCount,
                OccurrenceCount = extension.OccurrenceCount,
            };
            _pending.Push(new Segment(extension.Node, start, start + extension.RawCount, buffer));
            start += extension.RawCount;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(ReadOnlySpan<Occurrence> occurrences, Occurrence[] target, int length)
    {
        foreach (var occurrence in occurrences)
        {
            var next = occurrence.Position + length;
            if (next == _starts[occurrence.Session + 1])
                continue;

            ref var extension = ref _extensions[_extensionOf[_steps[next]]];
            if (extension.Node != SequenceIndex.None)
                target[extension.Next++] = occurrence;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long WriteSessions(ReadOnlySpan<Occurrence> occurrences, in SequenceIndex.Node node)
    {
        var overlaps = node.RawCount != node.OccurrenceCount;
        for (var i = 0; i < occurrences.Length; )
        {
            var (first, session) = (i, occurrences[i].Session);
            var (count, free) = (0, 0);
            for (; i < occurrences.Length && occurrences[i].Session == session; i++)
            {
                if (occurrences[i].Position < free)
                    continue;
                count++;
                free = occurrences[i].Position + node.Length;
            }

            if (overlaps)
                _lists.Add(session, i - first, count);
            else
                _lists.Add(session, i - first);
        }

        return _lists.Finish();
    }

    private int NewNode()
    {
        if (_nodesLeft == 0)
            _nextNode = _index.Reserve(out _nodesLeft);
        _nodesLeft--;
        return _nextNode++;
    }

    private void ForgetExtensions()
    {
        foreach (ref var extension in _extensions.AsSpan())
            _extensionOf[extension.Step] = -1;
        _extensions.Clear();
    }

    private struct Extension
    {
        public int Step;
        public int Position;
        public int RawCount;
        public int SessionCount;
        public int OccurrenceCount;
        public int LastSession;
        public int Left;

        /// <summary>
        /// While counting, where the next occurrence without overlap may start; while dividing, the next place in the buffer.
        /// </summary>
        public int Next;

        public int Node;
    }
}
