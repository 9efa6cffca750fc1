using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads one rollout. Calls are in the protocol log (<c>response_item</c>); their results stand there and, for commands, a second time in
/// the display log (<c>event_msg</c>), which alone knows the exit code.
/// </summary>
internal sealed class CodexRolloutDecoder(string path) : IEventDecoder
{
    private const string SourceApp = "codex";
    private const string CallSuffix = "_call";

    private readonly CodexThread _thread = new(path);
    private readonly CodexUsage _usage = new();
    private readonly Dictionary<string, string> _toolNames = [];
    private readonly HashSet<string> _ended = [];
    private string? _turnId;
    private string? _directory;
    private CodexScript? _script;
    private bool _isBare;
    private long? _bareTicks;

    public void Decode(JsonSlice value, IEventReceiver receiver)
    {
        var payload = value.Field("payload");
        if (payload.Kind != JsonValueKind.Object)
        {
            DecodeBare(value, receiver);
            return;
        }

        if (!value.Field("timestamp").TryInstant(out var ticks))
        {
            receiver.Skip(SkipReason.UnreadableTimestamp);
            return;
        }

        _thread.Show(ticks);
        switch (value.Text("type"))
        {
            case "session_meta":
                _thread.Read(payload, ticks);
                _directory = payload.Text("cwd") ?? _directory;
                break;
            case "turn_context":
                (_turnId, _directory) = (payload.Text("turn_id") ?? _turnId, payload.Text("cwd") ?? _directory);
                _usage.Model = payload.Text("model") ?? _usage.Model;
                break;
            case "response_item":
                DecodeItem(payload, ticks, receiver);
                break;
            case "event_msg":
                DecodeMessage(payload, ticks, receiver);
                break;
        }
    }

    public void Complete(IEventReceiver receiver)
    {
        EndScript(receiver);
        _usage.Complete(receiver);
    }

    private void DecodeBare(JsonSlice value, IEventReceiver receiver)
    {
        var isWhole = CodexBareRecord.IsWhole(value);
        var meta = isWhole ? value.Field("session") : value;
        if (CodexBareRecord.IsMeta(meta))
        {
            if (!meta.Field("timestamp").TryInstant(out _bareTicks))
                receiver.Skip(SkipReason.UnreadableTimestamp);
            _isBare = true;
            _thread.Read(meta, _bareTicks);
            foreach (var item in isWhole ? value.Items("items") : [])
                DecodeBareItem(item, receiver);
            return;
        }

        _isBare |= CodexBareRecord.IsCall(value);
        DecodeBareItem(value, receiver);
    }

    private void DecodeBareItem(JsonSlice item, IEventReceiver receiver)
    {
        if (!_isBare || !(CodexBareRecord.IsCall(item) || CodexBareRecord.IsOther(item)))
            receiver.Skip(SkipReason.NotAnEvent);
        else if (item.Text("type") == "message" && item.Text("role") == "user")
            AddPrompt(ContentText.First(item.Field("content")), _bareTicks, receiver);
        else
            DecodeItem(item, _bareTicks, receiver);
    }

    private void DecodeItem(JsonSlice item, long? ticks, IEventReceiver receiver)
    {
        var type = item.Text("type") ?? "";
        var isCall = type.EndsWith(CallSuffix, StringComparison.Ordinal);
        _usage.Take(item, isCall, isCall ? Input(item) : default, Event("", ticks), _thread.Id);
        if (isCall)
        {
            AddCall(item, type, ticks, receiver);
        }
        else if (type.EndsWith("_output", StringComparison.Ordinal) && item.Text("call_id") is { } id)
        {
            var output = item.Field("output");
            if (!_ended.Contains(id))
                receiver.Add(Event("", ticks).ResultOf(id, CodexResult.TextOf(output)));
            End(id, CodexResult.EventType(output), ticks, durationMs: null, receiver);
        }
    }

    private void AddCall(JsonSlice item, string type, long? ticks, IEventReceiver receiver)
    {
        EndScript(receiver);
        var name = NameOf(item, type);
        var id = item.Text("call_id") ?? item.Text("id");
        if (id is not null)
        {
            _toolNames[id] = name;
            _ended.Remove(id); // a finished id may be used again
        }

        var call = Event(HookEventType.PreToolUse, ticks) with
        {
            ToolName = name,
            ToolUseId = id,
            MessageId = _usage.MessageId,
            ToolInput = Input(item),
        };
        if (item.Text("input") is { } script && CodexScript.IsScript(name, script))
            _script = new CodexScript(call with { ToolInput = default }, script);
        else
            receiver.Add(call);
    }

    private void DecodeMessage(JsonSlice message, long? ticks, IEventReceiver receiver)
    {
        switch (message.Text("type"))
        {
            case "exec_command_end" or "patch_apply_end" or "mcp_tool_call_end" when message.Text("call_id") is { } id:
                End(id, EndOf(message), ticks, Duration(message.Field("duration")), receiver);
                break;
            case "item_completed":
                DecodeCompleted(message.Field("item"), ticks, receiver);
                break;
            case "token_count":
                _usage.Report(message.Field("info"), Event("", ticks), _thread.Id);
                break;
            case "user_message":
                AddPrompt(message.Text("message"), ticks, receiver);
                break;
        }
    }

    // Newer versions tell of everything as items that are completed.
    private void DecodeCompleted(JsonSlice item, long? ticks, IEventReceiver receiver)
    {
        var id = item.Text("call_id") ?? item.Text("id");
        if (item.Text("type") == "UserMessage")
            AddPrompt(item.Items("content").Select(part => part.Text("text")).FirstOrDefault(text => text is not null), ticks, receiver);
        else if (id is not null && _toolNames.ContainsKey(id) && item.Text("status") is not null)
            End(id, EndOf(item), ticks, Duration(item.Field("duration")), receiver);
        else if (item.Text("type") == "CommandExecution")
            _script?.Add(CommandOf(item.Field("command")), EndOf(item) != HookEventType.PostToolUse);
    }

    private void AddPrompt(string? text, long? ticks, IEventReceiver receiver)
    {
        // What a sub-agent is told comes from its caller.
        if (_thread.AgentId is null && (text is null || !TypedPrompt.IsOfProgram(text)))
            receiver.Add(Event(HookEventType.UserPromptSubmit, ticks) with { Text = text });
    }

    private void End(string id, string eventType, long? ticks, long? durationMs, IEventReceiver receiver)
    {
        // The second of the two results says nothing new.
        if (!_ended.Add(id))
            return;

        if (_script?.CallId == id)
        {
            eventType = eventType == HookEventType.PostToolUse && _script.HasFailed ? HookEventType.PostToolUseFailure : eventType;
            EndScript(receiver);
        }

        receiver.Add(Event(eventType, ticks) with { ToolUseId = id, ToolName = _toolNames.GetValueOrDefault(id), DurationMs = durationMs });
    }

    private void EndScript(IEventReceiver receiver)
    {
        if (_script is { } script)
            receiver.Add(script.Call());
        _script = null;
    }

    private ImportedEvent Event(string type, long? ticks) =>
        new()
        {
            EventType = type,
            SessionId = _thread.SessionId,
            AgentId = _thread.AgentId,
            SourceApp = SourceApp,
            PromptId = _turnId,
            UtcTicks = ticks,
            WorkingDirectory = _directory,
        };

    // Two servers may have a tool of the same name; the namespace is the server's.
    private static string NameOf(JsonSlice item, string type)
    {
        var name =
            item.Text("name")
            ?? type switch
            {
                "local_shell_call" => "shell",
                _ => type[..^CallSuffix.Length],
            };
        return item.Text("namespace") is { } space ? $"{space.TrimEnd('_')}__{name}" : name;
    }

    // The arguments of a function are JSON, in a string or as they are; those of a freeform tool are a text of their own.
    private static JsonSlice Input(JsonSlice item) =>
        item.Field("action") is { Kind: JsonValueKind.Object } action ? action
        : item.Field("arguments") is { Kind: JsonValueKind.Object } json ? json
        : item.Text("arguments") is { } arguments ? JsonFields.ParseObject(arguments)
        : item.Text("input") is { } input && PatchText.IsPatch(input) ? JsonFields.ObjectOf("command", input)
        : default;

    private static string EndOf(JsonSlice end)
    {
        var result = end.Field("result");
        return end.Text("status") is "declined" or "rejected" ? HookEventType.PermissionDenied
            : end.Text("status") is "failed" or "error" ? HookEventType.PostToolUseFailure
            : end.Field("exit_code").TryNumber(out var code) && code != 0 ? HookEventType.PostToolUseFailure
            : end.Field("success").Kind == JsonValueKind.False ? HookEventType.PostToolUseFailure
            : result.Field("Err").Kind != JsonValueKind.Undefined
                ? CodexResult.EventType(result.Field("Err")) is HookEventType.PermissionDenied ? HookEventType.PermissionDenied
                    : HookEventType.PostToolUseFailure
            : result.Field("Ok").IsTrue("is_error") || result.Field("Ok").IsTrue("isError") ? HookEventType.PostToolUseFailure
            : HookEventType.PostToolUse;
    }

    private static string? CommandOf(JsonSlice command) =>
        command.Kind == JsonValueKind.Array ? string.Join(' ', command.Items().Select(word => word.Text())) : command.Text();

    // Rust's Duration: {secs, nanos}.
    private static long? Duration(JsonSlice duration) =>
        duration.Number("secs") is { } seconds ? seconds * 1000 + (duration.Number("nanos") ?? 0) / 1_000_000 : null;
}
