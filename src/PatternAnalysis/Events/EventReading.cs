namespace PatternAnalysis;

/// <summary>What was read, and what of it was left out: the ground that every later number stands on.</summary>
/// <param name="Window">The window that was asked for.</param>
/// <param name="EventCount">The events of the wanted types inside the window, left-out ones included.</param>
/// <param name="Excluded">How many events were left out, by reason; reasons without an event are not listed.</param>
public sealed record EventReading(TimeWindow Window, long EventCount, IReadOnlyDictionary<string, long> Excluded)
{
    /// <summary>An event that names no session.</summary>
    public const string NoSession = "no_session";

    /// <summary>An event that names no tool.</summary>
    public const string NoTool = "no_tool";

    /// <summary>An event whose timestamp can't be read.</summary>
    public const string UnreadableTimestamp = "unreadable_timestamp";

    /// <summary>A further event of a call that was already counted by its <c>tool_use_id</c>.</summary>
    public const string SameCall = "same_call";

    /// <summary>The end of a call whose start is read as well, without a <c>tool_use_id</c> to join them.</summary>
    public const string CallEndWithoutId = "call_end_without_id";

    /// <summary>An activity that was asked to be left out.</summary>
    public const string ExcludedActivity = "excluded_activity";

    /// <summary>A call that was refused, by the user or by a rule: it was asked for and not done.</summary>
    public const string RefusedCall = "refused_call";

    /// <summary>A step by which an agent only keeps its books: lists, plans, waiting. Left out by the activity Adaptive.</summary>
    public const string Bookkeeping = "bookkeeping";

    /// <summary>A call that was given up before it was made, because another one of its message failed.</summary>
    public const string CancelledCall = "cancelled_call";

    /// <summary>Nothing read.</summary>
    public static EventReading None { get; } = new(TimeWindow.Always, 0, new Dictionary<string, long>());

    /// <summary>What a reason means, in words.</summary>
    public static string Explain(string reason) =>
        reason switch
        {
            NoSession => "the event names no session",
            NoTool => "the event names no tool",
            UnreadableTimestamp => "the timestamp is in no known form",
            SameCall => "another event of a call that is already counted (same tool_use_id)",
            ExcludedActivity => "the activity was asked to be left out",
            CallEndWithoutId => "the end of a call without a tool_use_id; its start is counted",
            CancelledCall => "the call was given up with the others of its message, and not done",
            RefusedCall => "the call was refused by the user or by a rule, and not done",
            Bookkeeping => "the agent's own bookkeeping (lists, plans, waiting), which does no work",
            _ => reason,
        };
}
