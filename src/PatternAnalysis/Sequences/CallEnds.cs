namespace PatternAnalysis.Sequences;

/// <summary>
/// Joins the ends of calls to their starts by the hash of session and id, in whatever order they are read. Only calls that wait for their
/// other half are kept. Where an agent uses an id again, starts and ends are joined by time, once all are read.
/// </summary>
internal sealed class CallEnds
{
    private readonly Dictionary<ulong, Half> _waiting = [];
    private readonly Dictionary<ulong, List<Half>> _usedAgain = [];

    /// <summary>A call starts.</summary>
    /// <param name="ids">Where the ids of its step lie.</param>
    /// <param name="allIds">The ids of all steps.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    public void Start(int ids, BlockList<StepIds> allIds, long ticks) =>
        Add(allIds[ids].Call, new Half { Ids = ids, Ticks = ticks }, allIds);

    /// <summary>A call ends.</summary>
    /// <param name="call">The hash of its session and id.</param>
    /// <param name="end">How, and how long it took if the event says so.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    /// <param name="allIds">The ids of all steps.</param>
    public void End(ulong call, CallEnd end, long ticks, BlockList<StepIds> allIds) =>
        Add(
            call,
            new Half
            {
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
        foreach (var (call, half) in part._waiting)
            Add(call, half.Behind(idsBefore), allIds);
        foreach (var (call, halves) in part._usedAgain)
        {
            foreach (var half in halves)
                Add(call, half.Behind(idsBefore), allIds);
        }
    }

    /// <summary>Joins the calls whose ids were used again; to be called once, when all are taken.</summary>
    public void Complete(BlockList<StepIds> allIds)
    {
        foreach (var halves in _usedAgain.Values)
        {
            if (halves is [var one, var other] && one.IsStart != other.IsStart)
            {
                Join(one.IsStart ? one : other, one.IsStart ? other : one, allIds); // clocks differ
                continue;
            }

            // Of equal times the end comes last.
            halves.Sort((a, b) => a.Ticks != b.Ticks ? a.Ticks.CompareTo(b.Ticks) : b.IsStart.CompareTo(a.IsStart));
            Half? open = null;
            foreach (var half in halves)
            {
                if (half.IsStart)
                    open = half;
                else if (open is { } start)
                    (open, _) = (null, Join(start, half, allIds));
            }
        }

        _usedAgain.Clear();
    }

    private void Add(ulong call, Half half, BlockList<StepIds> allIds)
    {
        if (_usedAgain.TryGetValue(call, out var halves))
        {
            halves.Add(half);
            return;
        }

        if (!_waiting.Remove(call, out var waiting))
        {
            _waiting.Add(call, half);
            return;
        }

        var (start, end) = waiting.IsStart ? (waiting, half) : (half, waiting);
        if (waiting.IsStart != half.IsStart && start.Ticks <= end.Ticks)
            Join(start, end, allIds);
        else
            _usedAgain.Add(call, [waiting, half]);
    }

    private static bool Join(Half start, Half end, BlockList<StepIds> allIds)
    {
        allIds[start.Ids].End = end.End.OrLasting(Math.Max(0, end.Ticks - start.Ticks));
        return true;
    }

    private readonly record struct Half
    {
        public const int None = -1;

        public int Ids { get; init; }

        public long Ticks { get; init; }

        public CallEnd End { get; init; }

        public bool IsStart => Ids != None;

        public Half Behind(int idsBefore) => IsStart ? this with { Ids = Ids + idsBefore } : this;
    }
}
