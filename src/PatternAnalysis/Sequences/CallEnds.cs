using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Joins the ends of calls to their starts by the hash of session and id, in whatever order they are read. What finds its other half on
/// the way is joined at once, so that only calls that wait for it are kept. Where an id was used again that depends on the order of
/// reading; once all are read, the starts and ends of such an id are joined anew, by their times.
/// </summary>
internal sealed class CallEnds
{
    private readonly Dictionary<ulong, Half> _waiting = [];

    // The ends of ids that are known to be used again; their starts are found among the steps.
    private readonly Dictionary<ulong, List<Half>> _endsOfUsedAgain = [];

    /// <summary>A call starts.</summary>
    /// <param name="ids">Where the ids of its step lie.</param>
    /// <param name="allIds">The ids of all steps.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    public void Start(int ids, BlockList<StepIds> allIds, long ticks) =>
        Add(
            new Half
            {
                Call = allIds[ids].Call,
                Ids = ids,
                Ticks = ticks,
            },
            allIds
        );

    /// <summary>A call ends.</summary>
    /// <param name="call">The hash of its session and id.</param>
    /// <param name="end">How, and how long it took if the event says so.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    /// <param name="allIds">The ids of all steps.</param>
    public void End(ulong call, CallEnd end, long ticks, BlockList<StepIds> allIds) =>
        Add(
            new Half
            {
                Call = call,
                Ids = Half.None,
                Ticks = ticks,
                End = end,
            },
            allIds
        );

    /// <summary>Takes what another part could not join.</summary>
    /// <param name="part">The part's.</param>
    /// <param name="idsBefore">How many ids lie before those of the part.</param>
    /// <param name="allIds">The ids of all parts so far.</param>
    public void Take(CallEnds part, int idsBefore, BlockList<StepIds> allIds)
    {
        foreach (var half in part._waiting.Values)
            Add(half.IsStart ? half with { Ids = half.Ids + idsBefore } : half, allIds);
        foreach (var (call, ends) in part._endsOfUsedAgain)
            EndsOf(call).AddRange(ends);
    }

    /// <summary>Joins the calls whose ids were used again; to be called once, when all are taken.</summary>
    /// <param name="steps">The steps of all parts.</param>
    /// <param name="allIds">The ids of all parts.</param>
    /// <param name="errors">What the errors of the ends say.</param>
    /// <remarks>Linear in the steps, and n log n in the events of ids that were used again.</remarks>
    public void Complete(IEnumerable<ArraySegment<TimedStep>> steps, BlockList<StepIds> allIds, ErrorLeads errors)
    {
        // An end that still waits may be a second one of its call.
        List<Half> halves = [.. _waiting.Values.Where(half => !half.IsStart), .. _endsOfUsedAgain.Values.SelectMany(ends => ends)];
        var unsettled = new CallMarks(allIds.Count);
        foreach (var call in halves.Select(half => half.Call).Concat(_endsOfUsedAgain.Keys))
            unsettled.Mark(call);
        MarkUsedAgain(unsettled, allIds);
        if (!unsettled.HasAny)
            return;

        foreach (var block in steps)
            TakeApart(block, unsettled, allIds, halves);
        halves.Sort((a, b) => Compare(a, b, errors));
        for (var first = 0; first < halves.Count; )
        {
            var next = first + 1;
            while (next < halves.Count && halves[next].Call == halves[first].Call)
                next++;
            Join(halves.GetRange(first, next - first), allIds);
            first = next;
        }

        _waiting.Clear();
        _endsOfUsedAgain.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(in Half half, BlockList<StepIds> allIds)
    {
        if (_endsOfUsedAgain.Count > 0 && _endsOfUsedAgain.TryGetValue(half.Call, out var ends))
        {
            if (!half.IsStart)
                ends.Add(half);
            return;
        }

        ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, half.Call, out var waits);
        if (!waits)
        {
            waiting = half;
            return;
        }

        var (start, end) = waiting.IsStart ? (waiting, half) : (half, waiting);

        // What a start says of the time itself would be forgotten.
        var canJoin = start.IsStart && !end.IsStart && start.Ticks <= end.Ticks && allIds[start.Ids].End == CallEnd.Unknown;
        if (canJoin)
        {
            _waiting.Remove(half.Call);
            allIds[start.Ids].Join(end.End, end.Ticks);
        }
        else
        {
            ends = EndsOf(half.Call);
            if (!half.IsStart)
                ends.Add(half);
        }
    }

    /// <summary>Has a call settled when all are read; its ends so far.</summary>
    private List<Half> EndsOf(ulong call)
    {
        if (!_endsOfUsedAgain.TryGetValue(call, out var ends))
        {
            _endsOfUsedAgain.Add(call, ends = []);
            if (_waiting.Remove(call, out var waiting) && !waiting.IsStart)
                ends.Add(waiting);
        }

        return ends;
    }

    /// <summary>Marks the calls that several steps start, and a few others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkUsedAgain(CallMarks calls, BlockList<StepIds> allIds)
    {
        var seen = new CallMarks(allIds.Count);
        foreach (var block in allIds.Blocks())
        {
            foreach (ref readonly var ids in block.AsSpan())
            {
                if (ids.Call != 0 && !seen.Mark(ids.Call))
                    calls.Mark(ids.Call);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TakeApart(ReadOnlySpan<TimedStep> steps, CallMarks calls, BlockList<StepIds> allIds, List<Half> halves)
    {
        foreach (ref readonly var step in steps)
        {
            if (step.Ids > 0 && allIds[step.Ids - 1].Call is not 0 and var call && calls.Has(call))
                TakeApart(step, ref allIds[step.Ids - 1], halves);
        }
    }

    private static void TakeApart(in TimedStep step, ref StepIds ids, List<Half> halves)
    {
        if (ids.EndTicks is { } ended)
        {
            halves.Add(
                new Half
                {
                    Call = ids.Call,
                    Ids = Half.None,
                    Ticks = ended,
                    End = ids.End,
                }
            );
            ids.Disjoin();
        }

        // Of other steps their own event tells the end.
        if (ids.End.Outcome == CallOutcome.Unknown)
        {
            halves.Add(
                new Half
                {
                    Call = ids.Call,
                    Ids = step.Ids - 1,
                    Ticks = step.Ticks,
                    InsertionId = step.InsertionId,
                }
            );
        }
    }

    /// <summary>Joins the starts and ends of one id, which are in order.</summary>
    private static void Join(List<Half> halves, BlockList<StepIds> allIds)
    {
        if (halves is [{ IsStart: false } before, { IsStart: true } after])
        {
            allIds[after.Ids].Join(before.End, before.Ticks); // clocks differ
            return;
        }

        Half? open = null;
        foreach (var half in halves)
        {
            if (half.IsStart)
                open = half;
            else if (open is { } start)
            {
                allIds[start.Ids].Join(half.End, half.Ticks);
                open = null;
            }
        }
    }

    // By call and time; of equal times the end comes last. What is equal in all that follows is the same.
    private static int Compare(in Half a, in Half b, ErrorLeads errors) =>
        a.Call != b.Call ? a.Call.CompareTo(b.Call)
        : a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks)
        : a.IsStart != b.IsStart ? b.IsStart.CompareTo(a.IsStart)
        : a.InsertionId != b.InsertionId ? a.InsertionId.CompareTo(b.InsertionId)
        : a.End.Outcome != b.End.Outcome ? a.End.Outcome.CompareTo(b.End.Outcome)
        : a.End.Milliseconds != b.End.Milliseconds ? a.End.Milliseconds.CompareTo(b.End.Milliseconds)
        : string.CompareOrdinal(errors[a.End.Error], errors[b.End.Error]);

    /// <summary>A bit for each call, and for a few others with it.</summary>
    /// <param name="count">How many calls there are.</param>
    private sealed class CallMarks(int count)
    {
        // So many bits for each id make one of sixteen that occurs once look as if it were used again, which costs a little time only.
        private const int BitsPerId = 32;

        private readonly ulong[] _marks = new ulong[BitOperations.RoundUpToPowerOf2((ulong)count * BitsPerId / 64 + 1)];

        /// <summary>Whether any call is marked.</summary>
        public bool HasAny { get; private set; }

        /// <summary>Whether a call is marked, or another one with the same bit.</summary>
        public bool Has(ulong call) => (Word(call) & Bit(call)) != 0;

        /// <summary>Marks a call.</summary>
        /// <returns>False when it was marked already.</returns>
        public bool Mark(ulong call)
        {
            ref var word = ref Word(call);
            var isNew = (word & Bit(call)) == 0;
            word |= Bit(call);
            HasAny = true;
            return isNew;
        }

        private ref ulong Word(ulong call) => ref _marks[(call >> 6) & (ulong)(_marks.Length - 1)];

        private static ulong Bit(ulong call) => 1UL << (int)(call & 63);
    }

    private readonly record struct Half
    {
        public const int None = -1;

        public ulong Call { get; init; }

        public int Ids { get; init; }

        public long Ticks { get; init; }

        /// <summary>Of a start, the insertion of its event.</summary>
        public long InsertionId { get; init; }

        public CallEnd End { get; init; }

        public bool IsStart => Ids != None;
    }
}
