using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The payload column of an event table: the hook's JSON, as an object or as text that holds one.</summary>
internal readonly struct StoredPayload
{
    public StoredPayload(JsonSlice payload) => Event = Read(Unwrap(payload));

    public StoredPayload(string payload) => Event = Read(JsonFields.ParseObject(payload));

    /// <summary>What the payload states; its type is empty when the payload names none.</summary>
    public ImportedEvent Event { get; }

    private static ImportedEvent Read(JsonSlice payload) =>
        ClaudeHookFormat.Read(payload)
        ?? new ImportedEvent
        {
            EventType = "",
            SessionId = payload.Text("session_id") ?? "",
            AgentId = payload.Text("agent_id"),
            PromptId = payload.Text("prompt_id"),
            MessageId = payload.Text("message_id"),
            ToolName = payload.Text("tool_name"),
            ToolUseId = payload.Text("tool_use_id"),
            WorkingDirectory = payload.Text("cwd"),
            ToolInput = payload.Field("tool_input"),
            Text = payload.Text("error"),
            DurationMs = payload.Number("duration_ms"),
        };

    private static JsonSlice Unwrap(JsonSlice payload) =>
        payload.Kind == JsonValueKind.String ? JsonFields.ParseObject(payload.AnyText()!) : payload;
}
