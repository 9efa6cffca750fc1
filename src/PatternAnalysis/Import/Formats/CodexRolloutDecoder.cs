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
    private readonly UsageTally _usage = new();
    private string? _model;
    private int _messages;
    private bool _isAnswering;
    private long _totalTokens = -1;

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
                _model = payload.Text("model") ?? _model;
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
        var isAnswer = isCall || type == "reasoning" || (type == "message" && item.Text("role") == "assistant");
        if (isAnswer && !_isAnswering)
            _messages++; // what the model says with nothing from outside between it is one message
        _isAnswering = isAnswer;
        if (isAnswer)
            Count(item, isCall, ticks);
        if (isCall)
            receiver.Add(Call(item, type!, ticks));
        else if (type is "function_call_output" or "custom_tool_call_output" && item.Text("call_id") is { } id)
        {
            receiver.Add(Event("", ticks).ResultOf(id, AnswerOf(item.Field("output"))));
            End(id, failed: Failed(item.Field("output")), ticks, durationMs: null, receiver);
        }
    }

    public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

    private void Count(JsonElement item, bool isCall, long? ticks)
    {
        if (MessageTally(ticks) is not { } tally)
            return;

        if (isCall)
            tally.AddCall(item.Text("call_id") ?? item.Text("id"), Input(item));
        foreach (var part in item.Items("content").Concat(item.Items("summary")))
            tally.AddText(part.Text("text"));
        tally.AddText(item.Text("input"));
    }

    // The numbers of a message come after it, and again whenever the limits of the account are told.
    private void CountTokens(JsonElement info, long? ticks)
    {
        var (last, total) = (info.Field("last_token_usage"), info.Field("total_token_usage").Number("total_tokens") ?? -1);
        if (last.ValueKind != JsonValueKind.Object || total == _totalTokens)
            return;

        (_totalTokens, _isAnswering) = (total, false);
        var cached = last.Number("cached_input_tokens") ?? 0;
        if (_messages > 0)
            MessageTally(ticks)
                ?.Report(
                    Math.Max(0, (last.Number("input_tokens") ?? 0) - cached),
                    last.Number("output_tokens") ?? 0,
                    cacheWrite: 0,
                    cached
                );
    }

    private UsageTally.Message? MessageTally(long? ticks) => _usage.Of(Event("", ticks) with { MessageId = MessageId }, _model);

    private string MessageId => $"{SessionId}:{_messages}";

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
            MessageId = MessageId,
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
            case "token_count":
                CountTokens(message.Field("info"), ticks);
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

    private static string? AnswerOf(JsonElement output) =>
        output.ValueKind switch
        {
            JsonValueKind.Array => string.Join('\n', output.EnumerateArray().Select(part => part.Text("text"))),
            JsonValueKind.Object => output.Text("content"),
            _ => output.Text(),
        };

    private static bool Failed(JsonElement output) =>
        output.ValueKind == JsonValueKind.Object
            ? output.Field("success").ValueKind == JsonValueKind.False
            : output.Text() is ['{', ..] text && JsonFields.ParseObject(text).Field("metadata").Number("exit_code") is > 0;

    // Rust's Duration: {secs, nanos}.
    private static long? Duration(JsonElement duration) =>
        duration.Number("secs") is { } seconds ? seconds * 1000 + (duration.Number("nanos") ?? 0) / 1_000_000 : null;
}
