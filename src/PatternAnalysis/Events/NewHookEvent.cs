namespace PatternAnalysis.Events;

/// <summary>One hook event as a row of <c>hook_events</c>.</summary>
/// <param name="EventId">The same for every copy of the same event, so that a store keeps it once.</param>
/// <param name="EventType">What happened, for example <c>PreToolUse</c>.</param>
/// <param name="SessionId">The session.</param>
/// <param name="SourceApp">The application that it comes from, if known.</param>
/// <param name="Timestamp">When it happened, in UTC.</param>
/// <param name="ToolName">The tool, if it is about one.</param>
/// <param name="Payload">What else is known, as a JSON object.</param>
public sealed record NewHookEvent(
    string EventId,
    string EventType,
    string SessionId,
    string? SourceApp,
    DateTime Timestamp,
    string? ToolName,
    string Payload
);
