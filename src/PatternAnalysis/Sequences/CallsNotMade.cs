using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>Why a call that was asked for was not made.</summary>
internal enum NotMade : byte
{
    /// <summary>It was made, as far as is known.</summary>
    No,

    /// <summary>The user, a rule, a hook or a missing permission refused it.</summary>
    Refused,

    /// <summary>It was given up with the others of its message.</summary>
    Cancelled,
}

/// <summary>
/// The calls that events say were not made. There are few, so each is looked up among the steps once all are read: the latest start of the
/// same session and id before the event, because agents use ids again.
/// </summary>
internal sealed class CallsNotMade
{
    /// <summary>The event types that say it.</summary>
    public static IReadOnlyList<string> EventTypes { get; } = [HookEventType.PermissionDenied, HookEventType.ToolUseCancelled];

    private readonly Dictionary<ulong, List<(long Ticks, NotMade Why)>> _calls = [];

    /// <summary>What an event type says of its call.</summary>
    public static NotMade WhyOf(ReadOnlySpan<byte> eventType) =>
        Ascii.Equals(eventType, HookEventType.PermissionDenied) ? NotMade.Refused
        : Ascii.Equals(eventType, HookEventType.ToolUseCancelled) ? NotMade.Cancelled
        : NotMade.No;

    /// <summary>Takes an event.</summary>
    /// <param name="call">The hash of its session and id.</param>
    /// <param name="ticks">When, in UTC ticks.</param>
    /// <param name="why">Why the call was not made.</param>
    public void Add(ulong call, long ticks, NotMade why)
    {
        if (!_calls.TryGetValue(call, out var events))
            _calls.Add(call, events = []);
        events.Add((ticks, why));
    }

    /// <summary>Takes the events of another part.</summary>
    public void Take(CallsNotMade part)
    {
        foreach (var (call, events) in part._calls)
        {
            foreach (var (ticks, why) in events)
                Add(call, ticks, why);
        }
    }

    /// <summary>Marks the steps' ids.</summary>
    /// <param name="steps">The steps of all parts.</param>
    /// <param name="ids">The ids of all parts.</param>
    public void Mark(IEnumerable<ArraySegment<TimedStep>> steps, BlockList<StepIds> ids)
    {
        if (_calls.Count == 0)
            return;

        var starts = new Dictionary<ulong, List<(long Ticks, long InsertionId, int Ids)>>();
        foreach (var block in steps)
        {
            foreach (ref readonly var step in block.AsSpan())
            {
                if (step.Ids == 0 || !_calls.ContainsKey(ids[step.Ids - 1].Call))
                    continue;

                var call = ids[step.Ids - 1].Call;
                if (!starts.TryGetValue(call, out var ofCall))
                    starts.Add(call, ofCall = []);
                ofCall.Add((step.Ticks, step.InsertionId, step.Ids - 1));
            }
        }

        foreach (var (call, ofCall) in starts)
        {
            ofCall.Sort();
            foreach (var (ticks, why) in _calls[call].Order()) // whatever the order of reading
            {
                var start = ofCall.FindLastIndex(start => start.Ticks <= ticks);
                ids[ofCall[Math.Max(0, start)].Ids].NotMade = why;
            }
        }
    }
}
