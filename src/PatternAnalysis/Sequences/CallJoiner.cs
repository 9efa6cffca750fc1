using PatternAnalysis.Events;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Recognises the events of one tool call by the <c>tool_use_id</c> in their payloads, so that a call that was seen at its start and at its
/// end is one step.
/// Only needed when both kinds of event are read.
/// </summary>
internal sealed class CallJoiner
{
    private static readonly string[] s_starts = [HookEventType.ToolUse, HookEventType.PreToolUse, HookEventType.PermissionRequest];
    private static readonly string[] s_ends =
    [
        HookEventType.ToolResult,
        HookEventType.PostToolUse,
        HookEventType.PostToolUseFailure,
        HookEventType.PermissionDenied,
        HookEventType.ToolUseCancelled,
    ];

    private readonly Dictionary<(int Source, ulong Id), Call> _calls = [];
    private readonly Utf8Interner _eventTypes = new();
    private readonly List<bool> _isEnd = [];

    public enum Outcome
    {
        NewStep,
        StepStartsHere,
        SameCall,
        EndWithoutId,
    }

    public static bool Needed(IReadOnlyList<string> eventTypes) => eventTypes.Any(s_starts.Contains) && eventTypes.Any(s_ends.Contains);

    /// <summary>Says what an event is to the steps so far.</summary>
    /// <param name="source">The event's source.</param>
    /// <param name="eventType">Its type.</param>
    /// <param name="id">The hash of its session and call, 0 when it has none.</param>
    /// <param name="ticks">When it happened; an id that comes again after its call's end is another call's.</param>
    /// <param name="newStep">The number that the event gets if it is a new step.</param>
    /// <param name="step">The step that the event belongs to.</param>
    public Outcome Join(int source, ReadOnlySpan<byte> eventType, ulong id, long ticks, int newStep, out int step)
    {
        step = newStep;
        var isEnd = IsEnd(eventType);
        if (id == 0)
            return isEnd ? Outcome.EndWithoutId : Outcome.NewStep;

        if (!_calls.TryGetValue((source, id), out var call))
        {
            _calls.Add((source, id), new Call(newStep, isEnd, isEnd ? ticks : null));
            return Outcome.NewStep;
        }

        if (!isEnd && ticks > call.Ended)
        {
            _calls[(source, id)] = new Call(newStep, OnlyEndSeen: false, Ended: null);
            return Outcome.NewStep;
        }

        step = call.Step;
        if (isEnd)
        {
            _calls[(source, id)] = call with { Ended = ticks };
            return Outcome.SameCall;
        }

        if (!call.OnlyEndSeen)
            return Outcome.SameCall;

        _calls[(source, id)] = call with { OnlyEndSeen = false };
        return Outcome.StepStartsHere;
    }

    private bool IsEnd(ReadOnlySpan<byte> eventType)
    {
        var type = _eventTypes.Add(eventType);
        if (type == _isEnd.Count)
            _isEnd.Add(s_ends.Contains(_eventTypes[type]));
        return _isEnd[type];
    }

    private readonly record struct Call(int Step, bool OnlyEndSeen, long? Ended);
}
