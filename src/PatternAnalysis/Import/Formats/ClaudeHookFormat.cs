using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What Claude Code (and agents with the same hooks, such as Codex, Gemini CLI and Cursor) hands to a hook, written to a log as it comes.
/// It holds no time unless the logger added one.
/// </summary>
internal sealed class ClaudeHookFormat : IEventFormat
{
    private static readonly string[] s_timestamps = ["timestamp", "ts", "time", "logged_at", "@timestamp"];

    public string Name => "ClaudeHook";

    public bool Recognizes(JsonSlice value) =>
        value.Text("hook_event_name") is not null && value.Field("event_type").Kind == JsonValueKind.Undefined;

    // The decoder counts what is none.
    public bool MayHold(JsonSlice value) => true;

    public IEventDecoder StartFile(string path) => new Decoder();

    /// <summary>The event that one hook input states.</summary>
    /// <returns>Null when it is none.</returns>
    /// <exception cref="InvalidOperationException">A string is no Unicode.</exception>
    public static ImportedEvent? Read(JsonSlice hook)
    {
        if (hook.Text("hook_event_name") is not { } name)
            return null;

        var type = TypeOf(Canonical(name), hook);
        return new ImportedEvent
        {
            EventType = type,
            SessionId = hook.Text("session_id") ?? hook.Text("conversation_id") ?? "",
            AgentId = hook.Text("agent_id"),
            PromptId = hook.Text("prompt_id") ?? hook.Text("turn_id") ?? hook.Text("generation_id"),
            MessageId = hook.Text("message_id"),
            ToolName = hook.Text("tool_name"),
            ToolUseId = hook.Text("tool_use_id"),
            WorkingDirectory = hook.Text("cwd") ?? hook.Items("workspace_roots").Select(root => root.Text()).FirstOrDefault(),
            ToolInput = hook.Field("tool_input"),
            Text = Canonical(name) == HookEventType.UserPromptSubmit ? hook.Text("prompt") : ErrorOf(hook),
            DurationMs = hook.Number("duration_ms") ?? hook.Number("duration"),
        };
    }

    /// <summary>Reads the time that the logger added.</summary>
    /// <returns>False when there is one that can't be read.</returns>
    public static bool TryReadTime(JsonSlice value, out long? utcTicks)
    {
        foreach (var name in s_timestamps)
        {
            if (value.Field(name) is { Kind: not (JsonValueKind.Undefined or JsonValueKind.Null) } field)
                return field.TryInstant(out utcTicks);
        }

        utcTicks = null;
        return true;
    }

    // Gemini CLI and Cursor have other names for the same moments.
    private static string Canonical(string name) =>
        name switch
        {
            "BeforeTool" or "preToolUse" => HookEventType.PreToolUse,
            "AfterTool" or "postToolUse" => HookEventType.PostToolUse,
            "postToolUseFailure" => HookEventType.PostToolUseFailure,
            "BeforeAgent" or "beforeSubmitPrompt" => HookEventType.UserPromptSubmit,
            "AfterAgent" or "stop" => HookEventType.Stop,
            "sessionStart" => "SessionStart",
            "sessionEnd" => "SessionEnd",
            _ => name,
        };

    /// <summary>What happened, where the name of the hook alone doesn't say it.</summary>
    private static string TypeOf(string type, JsonSlice hook) =>
        type switch
        {
            HookEventType.PostToolUse when ResultOf(hook) is "denied" or "rejected" => HookEventType.PermissionDenied,
            HookEventType.PostToolUse when ResultOf(hook) is "failure" => HookEventType.PostToolUseFailure,
            HookEventType.PostToolUse when ErrorOf(hook) is not null => HookEventType.PostToolUseFailure,
            HookEventType.PostToolUseFailure when hook.IsTrue("is_interrupt") => HookEventType.ToolUseCancelled,
            HookEventType.PostToolUseFailure when hook.Text("failure_type") is "permission_denied" => HookEventType.PermissionDenied,
            HookEventType.PostToolUseFailure when ErrorOf(hook) is { } text => ToolOutcome.OfError(text),
            HookEventType.UserPromptSubmit when hook.Text("prompt") is { } prompt && TypedPrompt.IsOfProgram(prompt) =>
                HookEventType.Notification,
            _ => type,
        };

    // GitHub Copilot CLI's word for how a call ended.
    private static string? ResultOf(JsonSlice hook) => hook.Field("tool_result").Text("result_type");

    private static string? ErrorOf(JsonSlice hook) =>
        hook.Text("error")
        ?? hook.Text("error_message")
        ?? (
            hook.Field("tool_response").Field("error") is var error && error.Kind == JsonValueKind.Object
                ? error.Text("message") ?? ""
                : error.Text()
        );

    private sealed class Decoder : IEventDecoder
    {
        private readonly UnnumberedCalls _calls = new();
        private readonly TurnIds _undatedIds = new();
        private readonly HashSet<string> _hasHooksForAll = [];

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (Read(value) is not { } hookEvent)
                receiver.Skip(SkipReason.NotAnEvent);
            else if (!TryReadTime(value, out var ticks))
                receiver.Skip(SkipReason.UnreadableTimestamp);
            else
                foreach (var call in CallOf(hookEvent with { UtcTicks = ticks }, value))
                    receiver.Add(_calls.Number(Undated(call)));
        }

        // Without a time, an id that counts by turn says nothing.
        private ImportedEvent Undated(ImportedEvent call) =>
            call.UtcTicks is not null || call.ToolUseId is null
                ? call
                : call with
                {
                    ToolUseId = call.StartsCall ? _undatedIds.Start(call.ToolUseId, null) : _undatedIds.End(call.ToolUseId),
                };

        // A call that the hooks for all tools told of is not told of again by that for its kind.
        private ImportedEvent[] CallOf(ImportedEvent hookEvent, JsonSlice value)
        {
            if (hookEvent.IsToolEvent)
                _hasHooksForAll.Add(hookEvent.SessionId);
            return !_hasHooksForAll.Contains(hookEvent.SessionId) && CursorHook.CallOf(hookEvent, value) is { Length: > 0 } call
                ? call
                : [hookEvent];
        }
    }
}
