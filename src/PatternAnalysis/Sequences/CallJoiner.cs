using System.Text;
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

    private readonly Dictionary<(int Session, string Id), Call> _calls = [];
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
    /// <param name="session">The event's session.</param>
    /// <param name="eventType">Its type.</param>
    /// <param name="toolUseId">The id of its call, empty when it has none.</param>
    /// <param name="ticks">When it happened; an id that comes again after its call's end is another call's.</param>
    /// <param name="newStep">The number that the event gets if it is a new step.</param>
    /// <param name="step">The step that the event belongs to.</param>
    public Outcome Join(int session, ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> toolUseId, long ticks, int newStep, out int step)
    {
        step = newStep;
        var isEnd = IsEnd(eventType);
        if (toolUseId.IsEmpty)
            return isEnd ? Outcome.EndWithoutId : Outcome.NewStep;

        var id = Encoding.UTF8.GetString(toolUseId);
        if (!_calls.TryGetValue((session, id), out var call))
        {
            _calls.Add((session, id), new Call(newStep, isEnd, isEnd ? ticks : null));
            return Outcome.NewStep;
        }

        if (!isEnd && ticks > call.Ended)
        {
            _calls[(session, id)] = new Call(newStep, OnlyEndSeen: false, Ended: null);
            return Outcome.NewStep;
        }

        step = call.Step;
        if (isEnd)
        {
            _calls[(session, id)] = call with { Ended = ticks };
            return Outcome.SameCall;
        }

        if (!call.OnlyEndSeen)
            return Outcome.SameCall;

        _calls[(session, id)] = call with { OnlyEndSeen = false };
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
