using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>A hook event as an input format states it, before it is given an identity and stored.</summary>
public sealed record ImportedEvent
{
    /// <summary>What happened.</summary>
    public required string EventType { get; init; }

    /// <summary>The session; empty when the input names none.</summary>
    public required string SessionId { get; init; }

    /// <summary>The id that the input itself gives the event, if any.</summary>
    public string? EventId { get; init; }

    /// <summary>When it happened, in UTC ticks, or null when the input doesn't say.</summary>
    public long? UtcTicks { get; init; }

    /// <summary>The application that it comes from.</summary>
    public string? SourceApp { get; init; }

    /// <summary>The sub-agent, if it was one.</summary>
    public string? AgentId { get; init; }

    /// <summary>The prompt that it serves.</summary>
    public string? PromptId { get; init; }

    /// <summary>The model's message that asked for the call; calls of one message are parallel.</summary>
    public string? MessageId { get; init; }

    /// <summary>The tool.</summary>
    public string? ToolName { get; init; }

    /// <summary>The call.</summary>
    public string? ToolUseId { get; init; }

    /// <summary>
    /// Whether <see cref="ToolUseId"/> was made up here to join the call's events, and says nothing of which call it is in the world.
    /// </summary>
    internal bool HasInventedId { get; init; }

    /// <summary>The working directory.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What the tool was asked for; valid only while the event is handed over.</summary>
    public JsonSlice ToolInput { get; init; }

    /// <summary>What the user wrote, or the error's text.</summary>
    public string? Text { get; init; }

    /// <summary>How long the call took, in milliseconds.</summary>
    public long? DurationMs { get; init; }

    /// <summary>What is kept of a call's answer that came with this record.</summary>
    internal CallResult ResultOf(string toolUseId, string? answer) => ResultOf(toolUseId, ResultTokens.Of(answer));

    /// <summary>The same of an answer that was not made a string.</summary>
    internal CallResult ResultOf(string toolUseId, JsonSlice answer) => ResultOf(toolUseId, ResultTokens.Of(answer));

    private CallResult ResultOf(string toolUseId, IReadOnlyList<string> tokens) =>
        new(SessionId, toolUseId, UtcTicks is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : default, tokens);

    /// <summary>Whether the event is the start of a tool call.</summary>
    internal bool StartsCall => EventType is HookEventType.PreToolUse or HookEventType.ToolUse;

    /// <summary>Whether the event is about a tool call.</summary>
    internal bool IsToolEvent =>
        StartsCall
        || EventType
            is HookEventType.PostToolUse
                or HookEventType.PostToolUseFailure
                or HookEventType.PermissionDenied
                or HookEventType.ToolUseCancelled
                or HookEventType.PermissionRequest
                or HookEventType.ToolResult;
}
