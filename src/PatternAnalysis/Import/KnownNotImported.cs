using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>Names what is known and can't be imported, so that whoever tries it learns what it is, and what to take in its place.</summary>
internal static class KnownNotImported
{
    /// <summary>What a value is; null for what nobody here knows.</summary>
    public static string? NameOf(JsonSlice value) =>
        Is(value, "resourceMetrics", JsonValueKind.Array) ? "OpenTelemetry metrics, which hold no events"
        : value.Text("hookEventName") is not null ? "hook events of GitHub Copilot in Visual Studio Code, which are not supported yet"
        : value.Text("type") is "ask" or "say" && Is(value, "ts", JsonValueKind.Number)
            ? "what Cline shows of a task; the task's api_conversation_history.json beside it holds the calls"
        : value.Text("display") is not null && Has(value, "pastedContents")
            ? "the history of prompts of Claude Code; the transcripts in its folder projects hold the calls"
        : value.Text("session_id") is not null && value.Text("text") is not null && Is(value, "ts", JsonValueKind.Number)
            ? "the history of prompts of Codex; the rollouts in its folder sessions hold the calls"
        : Is(value, "chat_messages", JsonValueKind.Array) ? "an export of claude.ai, which is not supported yet"
        : Is(value, "mapping", JsonValueKind.Object) && Has(value, "current_node") ? "an export of ChatGPT, which is not supported yet"
        : Is(value, "requests", JsonValueKind.Array) && Has(value, "requesterUsername")
            ? "a chat session of GitHub Copilot in Visual Studio Code, which is not supported yet"
        : Has(value, "composerId") || Has(value, "bubbleId") ? "an export of the database of Cursor, which is not supported yet"
        : Is(value, "history", JsonValueKind.Array) && Has(value, "workspaceDirectory")
            ? "a session of Continue or of Kiro, which is not supported yet"
        : Has(value, "working_dir") && (Has(value, "total_tokens") || Has(value, "message_count"))
            ? "a session of Goose, which is not supported yet"
        : value.Text("type") == "session_start" && (Has(value, "cwd") || Has(value, "sessionTitle") || Has(value, "title"))
            ? "a session of Droid (Factory), which is not supported yet"
        : IsKimi(value) ? "a session of Kimi, which is not supported yet"
        : value.Text("kind") is "Prompt" or "AssistantMessage" or "ToolResults" && Has(value, "data")
            ? "a session of Kiro, which is not supported yet"
        : value.Text("kind") is "UserPromptEvent" or "SessionA2uxEvent" or "SendToAgentEvent" or "TaskState"
            ? "a session of Junie, which is not supported: it keeps no times and no ids of calls"
        : Is(value, "chatMessages", JsonValueKind.Array) && value.Text("sessionId") is not null
            ? "a session of an older GitHub Copilot CLI, which is not supported; newer ones write events.jsonl"
        : Is(value, "kind", JsonValueKind.Number) && Has(value, "v")
            ? "a chat session of GitHub Copilot in Visual Studio Code, which is not supported yet"
        : value.Text("sessionId") is not null && Has(value, "messageId") && value.Text("message") is not null
            ? "the log of prompts of Gemini CLI; the files in its folder chats hold the calls"
        : Is(value, "history", JsonValueKind.Array) && Has(value, "clientHistory")
            ? "a checkpoint of Gemini CLI; the files in its folder chats hold the calls"
        : value.Text("type") == "result" && Has(value, "subtype") && Has(value, "num_turns")
            ? "the result of claude -p alone; --output-format stream-json --verbose prints the calls"
        : Is(value, "step_index", JsonValueKind.Number) && Has(value, "source") && Has(value, "type")
            ? "a transcript of Antigravity, which is not supported yet"
        : value.Text("role") is not null && Has(value, "content") && (Has(value, "message_id") || Has(value, "tool_call_id"))
            ? "messages as models get and give them (Mistral Vibe keeps them so), without times"
        : value.Text("role") is not null && Has(value, "pinned") && Has(value, "timestamp")
            ? "a conversation of gptme, which is not supported yet"
        : Is(value, "history", JsonValueKind.Array) && Has(value, "conversation_id") ? "a conversation of Kiro, which is not supported yet"
        : value.Text("type") == "backend_tool_call" || (value.Text("type") == "user" && Has(value, "prompt_index"))
            ? "the history of a chat of Grok Build, which is not supported yet"
        : value.Text("source") is "agent" or "user" or "environment" && (Has(value, "action") || Has(value, "observation"))
            ? "events of OpenHands, which are not supported yet"
        : null;

    private static bool IsKimi(JsonSlice value) =>
        (value.Text("type") == "metadata" && Has(value, "protocol_version"))
        || value.Text("role") is "_checkpoint" or "_system_prompt" or "_usage"
        || (value.Field("message").Text("type") is not null && Is(value.Field("message"), "payload", JsonValueKind.Object));

    private static bool Has(JsonSlice value, string field) => value.Field(field).Kind != JsonValueKind.Undefined;

    private static bool Is(JsonSlice value, string field, JsonValueKind kind) => value.Field(field).Kind == kind;
}
