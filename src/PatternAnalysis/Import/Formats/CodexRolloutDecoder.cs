using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads one rollout. Calls are in the protocol log (<c>response_item</c>); their results stand there and, for commands, a second time in
/// the display log (<c>event_msg</c>), which alone knows the exit code.
/// </summary>
internal sealed class CodexRolloutDecoder(string path, SessionParents parents) : IEventDecoder
{
    private const string SourceApp = "codex";

    private readonly CodexThread _thread = new(path, parents);
    private readonly CodexUsage _usage = new();
    private readonly Dictionary<string, string> _toolNames = [];
    private readonly HashSet<string> _ended = [];
    private readonly TurnIds _bareIds = new();
    private readonly CodexRunning _running = new();
    private string? _turnId;
    private string? _directory;
    private CodexScript? _script;
    private int _unnamed;
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
            case { } type when KnownRecords.Codex.Contains(type):
                break;
            case var type:
                receiver.Skip(SkipReason.UnknownRecord, 0, type);
                break;
        }
    }

    public void Complete(IEventReceiver receiver)
    {
        EndScript(receiver);
        foreach (var (id, ticks) in _running.Rest)
            End(id, HookEventType.PostToolUse, ticks, durationMs: null, receiver);
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
        else if (item.Text("record_type") is null) // marks of a state are no items
            DecodeItem(item, _bareTicks, receiver);
    }

    private void DecodeItem(JsonSlice item, long? ticks, IEventReceiver receiver)
    {
        if (item.Text("type") is not { } type)
        {
            receiver.Skip(SkipReason.NotAnEvent);
            return;
        }

        var isCall = type.EndsWith(CodexItem.CallSuffix, StringComparison.Ordinal);
        _usage.Take(item, isCall, isCall ? CodexItem.InputOf(item) : default, Event("", ticks), _thread.Id);
        if (isCall)
        {
            AddCall(item, type, ticks, receiver);
        }
        else if (type.EndsWith("_output", StringComparison.Ordinal))
        {
            if (_bareIds.End(item.Text("call_id")) is not { } id)
            {
                receiver.Skip(SkipReason.WrongType);
                return;
            }

            AddOutput(id, item.Field("output"), ticks, receiver);
        }
        else if (!KnownRecords.CodexItems.Contains(type))
        {
            receiver.Skip(SkipReason.UnknownRecord, 0, type);
        }
    }

    private void AddOutput(string id, JsonSlice output, long? ticks, IEventReceiver receiver)
    {
        var text = CodexResult.TextOf(output);
        if (!_ended.Contains(id))
            receiver.Add(Event("", ticks).ResultOf(id, text));
        if (_running.GoesOn(id, text, ticks))
            return;

        var type = CodexResult.EventType(output);
        if (_running.EndedBy(id, text) is { } started)
            End(started, type, ticks, durationMs: null, receiver);
        End(id, type, ticks, durationMs: null, receiver);
    }

    private void AddCall(JsonSlice item, string type, long? ticks, IEventReceiver receiver)
    {
        EndScript(receiver);
        var name = CodexItem.NameOf(item, type);
        var id = item.Text("call_id") ?? item.Text("id");
        id = _isBare ? _bareIds.Start(id, _usage.MessageId) : id;
        if (id is not null)
        {
            _toolNames[id] = name;
            _ended.Remove(id); // a finished id may be used again
        }

        _running.Start(id, CodexRunning.SessionOf(CodexItem.InputOf(item)));

        var call = Event(HookEventType.PreToolUse, ticks) with
        {
            ToolName = name,
            ToolUseId = id,
            MessageId = _usage.MessageId,
            ToolInput = CodexItem.InputOf(item),
        };
        if (id is null && CodexItem.IsMadeByServer(type))
            call = call with { ToolUseId = $"{type}@{_usage.MessageId}:{++_unnamed}", HasInventedId = true };
        if (item.Text("input") is { } script && CodexScript.IsScript(name, script))
        {
            _script = new CodexScript(call with { ToolInput = default }, script);
            _running.Start(id, _script.Session);
        }
        else
        {
            receiver.Add(call);
        }

        if (CodexItem.IsMadeByServer(type))
            receiver.Add(
                call with
                {
                    EventType = item.Text("status") is "failed" or "incomplete"
                        ? HookEventType.PostToolUseFailure
                        : HookEventType.PostToolUse,
                    MessageId = null,
                    ToolInput = default,
                }
            );
    }

    private void DecodeMessage(JsonSlice message, long? ticks, IEventReceiver receiver)
    {
        switch (message.Text("type"))
        {
            case "exec_command_end" or "patch_apply_end" or "mcp_tool_call_end":
                if (message.Text("call_id") is { } id)
                    End(id, CodexItem.EndOf(message), ticks, CodexItem.DurationOf(message.Field("duration")), receiver);
                else
                    receiver.Skip(SkipReason.WrongType);
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
            case { } type
                when KnownRecords.CodexMessages.Contains(type) || type.StartsWith(KnownRecords.CodexAgents, StringComparison.Ordinal):
                break;
            case var type:
                receiver.Skip(SkipReason.UnknownRecord, 0, type);
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
            End(id, CodexItem.EndOf(item), ticks, CodexItem.DurationOf(item.Field("duration")), receiver);
        else if (item.Text("type") == "CommandExecution")
            _script?.Add(CodexItem.CommandOf(item.Field("command")), CodexItem.EndOf(item) != HookEventType.PostToolUse);
    }

    private void AddPrompt(string? text, long? ticks, IEventReceiver receiver)
    {
        // What a sub-agent is told comes from its caller.
        if (_thread is { AgentId: null, IsAskedByProgram: false } && (text is null || !TypedPrompt.IsOfProgram(text)))
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
        if (_script?.Call() is { } call)
        {
            receiver.Add(call);
            if (call.ToolUseId is { } id && call.ToolName is { } tool)
                _toolNames[id] = tool;
        }

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
}
