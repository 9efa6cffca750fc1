using PatternAnalysis.Options;

namespace PatternAnalysis.Events;

/// <summary>Which hook events are wanted.</summary>
public sealed record EventQuery
{
    /// <summary>The event types that stand for a tool call, when nothing else is asked for.</summary>
    public static IReadOnlyList<string> DefaultEventTypes { get; } = [HookEventType.ToolUse, HookEventType.PreToolUse];

    /// <summary>The time of the events.</summary>
    public TimeWindow Window { get; init; } = TimeWindow.Always;

    /// <summary>The event types to read; at least one.</summary>
    [Option("EventType", "The event types that stand for a tool call.")]
    public IReadOnlyList<string> EventTypes { get; init; } = DefaultEventTypes;

    /// <summary>Which sessions to keep, or null for all.</summary>
    [Option("SessionId", "Only sessions whose id matches one of these wildcards.")]
    public WildcardFilter? SessionFilter { get; init; }

    /// <summary>Which source applications to keep, or null for all. Needs the column <c>source_app</c>.</summary>
    [Option("SourceApp", "Only events whose source application matches one of these wildcards.")]
    public WildcardFilter? SourceAppFilter { get; init; }

    /// <summary>Whether the events' payloads are needed; they cost most of the reading. A store that has none hands over none.</summary>
    public bool ReadsPayload { get; init; }
}
