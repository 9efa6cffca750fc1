using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads one transcript: <c>tool_use</c> blocks start calls, <c>tool_result</c> blocks end them, and what the user writes is a border.
/// </summary>
internal sealed class ClaudeTranscriptDecoder(string path) : IResumableDecoder
{
    private const string SourceApp = "claude-code";
    private const string Synthetic = "<synthetic>";
    private const string Human = "human";

    private readonly ClaudeIdentity _identity = new(path);
    private readonly Dictionary<(string Session, string Call), string> _toolNames = [];
    private readonly UsageTally _usage = new();
    private readonly HashSet<(string Session, string Call)> _openCalls = [];
    private readonly HashSet<(string Session, string Call)> _denied = [];
    private readonly TurnIds _undatedIds = new();
    private bool _hasUndated;
    private string? _promptId;

    public string? StateBefore { get; private set; }

    public void ResumeFrom(string state)
    {
        var lines = state.Split('\n');
        (_promptId, _identity.Session) = (
            lines[0] is { Length: > 0 } prompt ? prompt : null,
            lines[1] is { Length: > 0 } session ? session : null
        );
    }

    public void Decode(JsonSlice value, IEventReceiver receiver)
    {
        StateBefore = null;
        var agent = _identity.AgentOf(value);
        switch (value.Text("type"))
        {
            case "user" or "assistant":
                DecodeMessage(value, value, agent, receiver);
                break;
            case "progress" when value.Field("data").Field("message") is { Kind: JsonValueKind.Object } inner:
                // What a sub-agent does, told to the session that waits for it.
                if (inner.Text("type") is "user" or "assistant")
                    DecodeMessage(value, inner, agent, receiver);
                break;
            case "result":
                AddDenials(value, receiver);
                break;
            case { } type when !KnownRecords.Claude.Contains(type):
                receiver.Skip(SkipReason.UnknownRecord, 0, type);
                break;
        }
    }

    public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

    /// <summary>Reads a record that holds a message.</summary>
    /// <param name="envelope">The record itself.</param>
    /// <param name="value">The record's part that has the message's type and time.</param>
    /// <param name="agent">The sub-agent.</param>
    /// <param name="receiver">Takes the events.</param>
    private void DecodeMessage(JsonSlice envelope, JsonSlice value, string? agent, IEventReceiver receiver)
    {
        var message = value.Field("message");
        if (message.Kind != JsonValueKind.Object || message.Field("content").Kind is not (JsonValueKind.Array or JsonValueKind.String))
        {
            receiver.Skip(SkipReason.WrongType);
            return;
        }

        if (!value.Field("timestamp").Or(envelope.Field("timestamp")).TryInstant(out var ticks))
        {
            receiver.Skip(SkipReason.UnreadableTimestamp);
            return;
        }

        _hasUndated |= ticks is null;
        var record = new ImportedEvent
        {
            EventType = "",
            SessionId = _identity.SessionOf(envelope),
            SourceApp = SourceApp,
            AgentId = agent,
            PromptId = envelope.Text("promptId"),
            UtcTicks = ticks,
            WorkingDirectory = envelope.Text("cwd"),
        };
        if (value.Text("type") == "assistant")
            DecodeCalls(
                message,
                record with
                {
                    PromptId = record.PromptId ?? _promptId,
                    MessageId = message.Text("id") ?? value.Text("requestId"),
                },
                value.Text("uuid"),
                receiver
            );
        else
            DecodeUser(value, message, record, receiver);
    }

    private void DecodeCalls(JsonSlice message, ImportedEvent record, string? recordId, IEventReceiver receiver)
    {
        if (record.MessageId is { } id && !_usage.Knows(record.SessionId, id))
            KeepState();
        Count(message, record, recordId);
        foreach (var block in message.Items("content"))
        {
            if (ClaudeBlock.IsCall(block))
                AddCall(block, record, receiver);
            else if (block.Text("type") is { } type && type.EndsWith("tool_result", StringComparison.Ordinal))
                AddResult(block, failed: ClaudeBlock.IsServerError(block), denied: false, record with { MessageId = null }, receiver);
        }
    }

    private void AddCall(JsonSlice block, ImportedEvent record, IEventReceiver receiver)
    {
        var call = record with
        {
            EventType = HookEventType.PreToolUse,
            ToolName =
                block.Text("type") == "mcp_tool_use" && block.Text("server_name") is { } server
                    ? $"mcp__{server}__{block.Text("name")}"
                    : block.Text("name"),
            ToolUseId = record.UtcTicks is null ? _undatedIds.Start(block.Text("id"), record.MessageId) : block.Text("id"),
            ToolInput = block.Field("input"),
        };
        if (call is { ToolUseId: { } id, ToolName: { } name })
        {
            _toolNames[(record.SessionId, id)] = name;
            _openCalls.Add((record.SessionId, id));
        }

        receiver.Add(call);
    }

    private void DecodeUser(JsonSlice value, JsonSlice message, ImportedEvent record, IEventReceiver receiver)
    {
        var hasResult = false;
        foreach (var block in message.Items("content"))
        {
            if (block.Text("type") is not { } type || !type.EndsWith("tool_result", StringComparison.Ordinal))
                continue;

            hasResult = true;
            AddResult(
                block,
                failed: block.IsTrue("is_error"),
                denied: value.Text("toolDenialKind") is not null,
                record with
                {
                    PromptId = record.PromptId ?? _promptId,
                },
                receiver
            );
        }

        // What a sub-agent is told comes from its caller, and a summary of an earlier part from the program: no border of the user's work.
        if (hasResult || record.AgentId is not null || !IsTyped(value, message))
            return;

        // A call that was given up is never answered.
        _openCalls.Clear();
        _usage.CompleteMany(receiver);
        KeepState();
        _promptId = record.PromptId ?? value.Text("uuid");
        receiver.Add(
            record with
            {
                EventType = HookEventType.UserPromptSubmit,
                PromptId = _promptId,
                Text = ClaudeBlock.TextOf(message.Field("content")),
            }
        );
    }

    // What a run of claude -p was refused stands at its end; the host that was asked may have said it in any words.
    private void AddDenials(JsonSlice value, IEventReceiver receiver)
    {
        foreach (var denial in value.Items("permission_denials"))
        {
            if (_undatedIds.End(denial.Text("tool_use_id")) is { } id && !_denied.Contains((_identity.SessionOf(value), id)))
                receiver.Add(
                    new ImportedEvent
                    {
                        EventType = HookEventType.PermissionDenied,
                        SessionId = _identity.SessionOf(value),
                        SourceApp = SourceApp,
                        ToolUseId = id,
                        ToolName = denial.Text("tool_name"),
                    }
                );
        }
    }

    // While a call is open, its sub-agents and its end need what lies before; and what has no time is told apart by all that lies before.
    private void KeepState() =>
        StateBefore = _openCalls.Count == 0 && !_identity.HasChains && !_hasUndated ? $"{_promptId}\n{_identity.Session}" : null;

    private static bool IsTyped(JsonSlice value, JsonSlice message)
    {
        if (
            value.IsTrue("isMeta")
            || value.IsTrue("isSynthetic")
            || value.IsTrue("isCompactSummary")
            || value.IsTrue("isVisibleInTranscriptOnly")
            || value.Text("sourceToolUseID") is not null
            || value.Field("origin").Text("kind") is { } kind && kind != Human
        )
            return false;
        if (message.Field("content") is not { Kind: JsonValueKind.Array } content)
            return message.Text("content") is not { } text || !TypedPrompt.IsOfProgram(text);

        var blocks = content.Items().ToArray();
        return blocks.Length == 0 || Array.Exists(blocks, block => block.Text("text") is not { } text || !TypedPrompt.IsOfProgram(text));
    }

    private void AddResult(JsonSlice block, bool failed, bool denied, ImportedEvent record, IEventReceiver receiver)
    {
        if (_undatedIds.End(block.Text("tool_use_id")) is not { } id)
        {
            receiver.Skip(SkipReason.WrongType);
            return;
        }

        _openCalls.Remove((record.SessionId, id));
        var text = failed ? ClaudeBlock.TextOf(block.Field("content")) : null;
        var type =
            denied ? HookEventType.PermissionDenied
            : failed ? ToolOutcome.OfError(text)
            : HookEventType.PostToolUse;
        if (type == HookEventType.PermissionDenied)
            _denied.Add((record.SessionId, id));
        receiver.Add(
            record with
            {
                EventType = type,
                ToolUseId = id,
                ToolName = _toolNames.GetValueOrDefault((record.SessionId, id)),
                Text = text,
            }
        );
        var content = block.Field("content");
        receiver.Add(
            content.Kind == JsonValueKind.Array ? record.ResultOf(id, ClaudeBlock.AllTextOf(content)) : record.ResultOf(id, content)
        );
    }

    private void Count(JsonSlice message, ImportedEvent record, string? recordId)
    {
        // What the program itself says in the model's place costs nothing.
        var model = message.Text("model");
        if (model == Synthetic || _usage.Of(record, model) is not { } tally)
            return;

        if (message.Field("usage") is { Kind: JsonValueKind.Object } usage)
            tally.Report(
                usage.Number("input_tokens") ?? 0,
                usage.Number("output_tokens") ?? 0,
                usage.Number("cache_creation_input_tokens") ?? 0,
                usage.Number("cache_read_input_tokens") ?? 0
            );
        if (!tally.IsNew(recordId))
            return;

        foreach (var block in message.Items("content"))
        {
            if (ClaudeBlock.IsCall(block))
                tally.AddCall(block.Text("id"), block.Field("input"));
            else
                tally.AddText(block.Field(block.Text("type") == "thinking" ? "thinking" : "text"));
        }
    }
}
