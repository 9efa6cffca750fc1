namespace PatternAnalysis.Sequences;

/// <summary>
/// Joins the ends of calls to their starts by the hash of the call's id, in whatever order they are read. Only calls that wait for their
/// other half are kept.
/// </summary>
internal sealed class CallEnds
{
    private readonly Dictionary<ulong, (int Ids, long Ticks)> _started = [];
    private readonly Dictionary<ulong, (CallOutcome Outcome, long Ticks, long Milliseconds)> _ended = [];

    /// <summary>A call starts.</summary>
    /// <param name="ids">Where the ids of its step lie.</param>
    /// <param name="allIds">The ids of all steps.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    public void Start(int ids, BlockList<StepIds> allIds, long ticks)
    {
        ref var step = ref allIds[ids];
        if (_ended.Remove(step.Call, out var end))
            step.End = EndOf(ticks, end);
        else
            _started[step.Call] = (ids, ticks);
    }

    /// <summary>A call ends.</summary>
    /// <param name="call">The hash of its id.</param>
    /// <param name="outcome">How.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    /// <param name="milliseconds">How long it took, if the event says so; else negative.</param>
    /// <param name="allIds">The ids of all steps.</param>
    public void End(ulong call, CallOutcome outcome, long ticks, long milliseconds, BlockList<StepIds> allIds)
    {
        if (_started.Remove(call, out var start))
            allIds[start.Ids].End = EndOf(start.Ticks, (outcome, ticks, milliseconds));
        else
            _ended[call] = (outcome, ticks, milliseconds);
    }

    /// <summary>Takes what another part could not join.</summary>
    /// <param name="part">The part's.</param>
    /// <param name="idsBefore">How many ids lie before those of the part.</param>
    /// <param name="allIds">The ids of all parts so far.</param>
    public void Take(CallEnds part, int idsBefore, BlockList<StepIds> allIds)
    {
        foreach (var (_, start) in part._started)
            Start(start.Ids + idsBefore, allIds, start.Ticks);
        foreach (var (call, end) in part._ended)
            End(call, end.Outcome, end.Ticks, end.Milliseconds, allIds);
    }

    private static CallEnd EndOf(long start, (CallOutcome Outcome, long Ticks, long Milliseconds) end) =>
        new(end.Outcome, end.Milliseconds >= 0 ? end.Milliseconds : Math.Max(0, end.Ticks - start) / TimeSpan.TicksPerMillisecond);
}
