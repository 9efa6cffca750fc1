using System.Text.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads one rollout. Calls are in the protocol log (<c>response_item</c>); their results stand there and, for commands, a second time in
/// the display
/// log (<c>event_msg</c>), which alone knows the exit code.
/// </summary>
internal sealed class CodexRolloutDecoder(string path) : IEventDecoder
{
    private const string SourceApp = "codex";
    private const int SessionIdLength = 36;

    private readonly Dictionary<string, string> _toolNames = [];
    private readonly HashSet<string> _ended = [];
    private string? _sessionId;
    private string? _turnId;
    private string? _directory;
    private int _messages;
    private bool _lastWasCall;

    public void Decode(JsonElement value, IEventReceiver receiver)
    {
        var payload = value.Field("payload");
        if (payload.ValueKind != JsonValueKind.Object)
        {
            receiver.Skip(SkipReason.NotAnEvent);
            return;
        }

        if (!value.Field("timestamp").TryInstant(out var ticks))
        {
            receiver.Skip(SkipReason.UnreadableTimestamp);
            return;
        }

        switch (value.Text("type"))
        {
            case "session_meta":
                // A fork repeats the meta of the session that it comes from; the first is the file's own.
                (_sessionId, _directory) = (_sessionId ?? payload.Text("id"), payload.Text("cwd") ?? _directory);
                break;
            case "turn_context":
                (_turnId, _directory) = (payload.Text("turn_id") ?? _turnId, payload.Text("cwd") ?? _directory);
                break;
            case "response_item":
                DecodeItem(payload, ticks, receiver);
                break;
            case "event_msg":
                DecodeMessage(payload, ticks, receiver);
                break;
        }
    }

    private void DecodeItem(JsonElement item, long? ticks, IEventReceiver receiver)
    {
        var type = item.Text("type");
        var isCall = type is "function_call" or "custom_tool_call" or "local_shell_call" or "web_search_call";
        if (isCall && !_lastWasCall)
            _messages++; // calls without anything between them were asked for together
        _lastWasCall = isCall;
        if (isCall)
            receiver.Add(Call(item, type!, ticks));
        else if (type is "function_call_output" or "custom_tool_call_output" && item.Text("call_id") is { } id)
            End(id, failed: Failed(item.Field("output")), ticks, durationMs: null, receiver);
    }

    private HookEvent Call(JsonElement item, string type, long? ticks)
    {
        var name =
            item.Text("name")
            ?? type switch
            {
                "local_shell_call" => "shell",
                "web_search_call" => "web_search",
                _ => null,
            };
        var id = item.Text("call_id") ?? item.Text("id");
        if (id is not null && name is not null)
        {
            _toolNames[id] = name;
            _ended.Remove(id); // a finished id may be used again
        }

        return Event(HookEvent.PreToolUse, ticks) with
        {
            ToolName = name,
            ToolUseId = id,
            MessageId = $"{SessionId}:{_messages}",
            ToolInput = Input(item),
        };
    }

    private void DecodeMessage(JsonElement message, long? ticks, IEventReceiver receiver)
    {
        switch (message.Text("type"))
        {
            case "exec_command_end" or "patch_apply_end" or "mcp_tool_call_end" when message.Text("call_id") is { } id:
                var failed =
                    message.Number("exit_code") is > 0
                    || message.Field("exit_code") is { ValueKind: JsonValueKind.Number } code && code.GetDouble() < 0
                    || message.Field("success").ValueKind == JsonValueKind.False;
                End(id, failed, ticks, Duration(message.Field("duration")), receiver);
                break;
            case "user_message":
                receiver.Add(Event(HookEvent.UserPromptSubmit, ticks) with { Text = message.Text("message") });
                break;
        }
    }

    private void End(string id, bool failed, long? ticks, long? durationMs, IEventReceiver receiver)
    {
        // The second of the two results says nothing new.
        if (!_ended.Add(id))
            return;

        receiver.Add(
            Event(failed ? HookEvent.PostToolUseFailure : HookEvent.PostToolUse, ticks) with
            {
                ToolUseId = id,
                ToolName = _toolNames.GetValueOrDefault(id),
                DurationMs = durationMs,
            }
        );
    }

    private HookEvent Event(string type, long? ticks) =>
        new()
        {
            EventType = type,
            SessionId = SessionId,
            SourceApp = SourceApp,
            PromptId = _turnId,
            UtcTicks = ticks,
            WorkingDirectory = _directory,
        };

    // rollout-<time>-<session>.jsonl
    private string SessionId =>
        _sessionId ??= Path.GetFileNameWithoutExtension(path) is { Length: > SessionIdLength } file ? file[^SessionIdLength..] : "";

    // The arguments of a function are JSON in a string; those of a freeform tool are a text of their own.
    private static JsonElement Input(JsonElement item) =>
        item.Field("action") is { ValueKind: JsonValueKind.Object } action ? action
        : item.Text("arguments") is { } arguments ? JsonFields.ParseObject(arguments)
        : default;

    private static bool Failed(JsonElement output) =>
        output.ValueKind == JsonValueKind.Object
            ? output.Field("success").ValueKind == JsonValueKind.False
            : output.Text() is ['{', ..] text && JsonFields.ParseObject(text).Field("metadata").Number("exit_code") is > 0;

    // Rust's Duration: {secs, nanos}.
    private static long? Duration(JsonElement duration) =>
        duration.Number("secs") is { } seconds ? seconds * 1000 + (duration.Number("nanos") ?? 0) / 1_000_000 : null;
}
