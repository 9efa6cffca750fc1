using System.Text.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads one transcript: <c>tool_use</c> blocks start calls, <c>tool_result</c> blocks end them, and what the user writes is a border.
/// </summary>
internal sealed class ClaudeTranscriptDecoder(string path) : IEventDecoder
{
    private const string SourceApp = "claude-code";
    private const string AgentFile = "agent-";
    private const string Synthetic = "<synthetic>";

    // What Claude Code writes as the result of a call that did not happen: the user, a rule, a hook or the tool's own check of its input
    // refused it.
    private static readonly string[] s_denials =
    [
        "The user doesn't want to proceed with this tool use",
        "The user doesn't want to take this action",
        "Permission to use",
        "Permission for this action",
        "[Request interrupted by user for tool use]",
        "<tool_use_error>InputValidationError",
        "<tool_use_error>Error: No such tool available",
    ];

    private readonly Dictionary<string, string> _toolNames = [];
    private readonly UsageTally _usage = new();
    private string? _promptId;

    public void Decode(JsonElement value, IEventReceiver receiver)
    {
        // Most records are no messages: progress, snapshots, titles.
        if (value.Text("type") is not ("user" or "assistant"))
            return;

        var message = value.Field("message");
        if (message.ValueKind != JsonValueKind.Object)
        {
            receiver.Skip(SkipReason.WrongType);
            return;
        }

        if (!value.Field("timestamp").TryInstant(out var ticks))
        {
            receiver.Skip(SkipReason.UnreadableTimestamp);
            return;
        }

        var agent = AgentOf(value);
        var record = new HookEvent
        {
            EventType = "",
            SessionId = value.Text("sessionId") ?? SessionOfPath(),
            SourceApp = SourceApp,
            AgentId = agent,
            PromptId = value.Text("promptId"),
            UtcTicks = ticks,
            WorkingDirectory = value.Text("cwd"),
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

    public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

    private void DecodeCalls(JsonElement message, HookEvent record, string? recordId, IEventReceiver receiver)
    {
        Count(message, record, recordId);
        foreach (var block in message.Items("content"))
        {
            if (!IsCall(block))
                continue;

            var call = record with
            {
                EventType = HookEvent.PreToolUse,
                ToolName = block.Text("name"),
                ToolUseId = block.Text("id"),
                ToolInput = block.Field("input"),
            };
            if (call is { ToolUseId: { } id, ToolName: { } name })
                _toolNames[id] = name;
            receiver.Add(call);
        }
    }

    private void Count(JsonElement message, HookEvent record, string? recordId)
    {
        // What the program itself says in the model's place costs nothing.
        var model = message.Text("model");
        if (model == Synthetic || _usage.Of(record, model) is not { } tally)
            return;

        if (message.Field("usage") is { ValueKind: JsonValueKind.Object } usage)
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
            if (IsCall(block))
                tally.AddCall(block.Text("id"), block.Field("input"));
            else
                tally.AddText(block.Text("text") ?? block.Text("thinking"));
        }
    }

    private static bool IsCall(JsonElement block) => block.Text("type") is "tool_use" or "server_tool_use" or "mcp_tool_use";

    private void DecodeUser(JsonElement value, JsonElement message, HookEvent record, IEventReceiver receiver)
    {
        var hasResult = false;
        foreach (var block in message.Items("content"))
        {
            if (block.Text("type") != "tool_result")
                continue;

            hasResult = true;
            if (block.Text("tool_use_id") is { } id)
            {
                receiver.Add(Result(block, id, record with { PromptId = record.PromptId ?? _promptId }));
                receiver.Add(record.ResultOf(id, AllTextOf(block.Field("content"))));
            }
            else
                receiver.Skip(SkipReason.WrongType);
        }

        // What a sub-agent is told comes from its caller, and a summary of an earlier part from the program: no border of the user's work.
        if (hasResult || record.AgentId is not null || value.IsTrue("isMeta") || value.IsTrue("isCompactSummary"))
            return;

        _promptId = record.PromptId ?? value.Text("uuid");
        receiver.Add(record with { EventType = HookEvent.UserPromptSubmit, PromptId = _promptId, Text = TextOf(message.Field("content")) });
    }

    private HookEvent Result(JsonElement block, string id, HookEvent record)
    {
        var failed = block.IsTrue("is_error");
        var text = failed ? TextOf(block.Field("content")) : null;
        return record with
        {
            EventType =
                !failed ? HookEvent.PostToolUse
                : IsDenial(text) ? HookEvent.PermissionDenied
                : HookEvent.PostToolUseFailure,
            ToolUseId = id,
            ToolName = _toolNames.GetValueOrDefault(id),
            Text = text,
        };
    }

    private static bool IsDenial(string? text) =>
        text is not null && Array.Exists(s_denials, denial => text.StartsWith(denial, StringComparison.Ordinal));

    private string? AgentOf(JsonElement value)
    {
        if (value.Text("agentId") is { } agent)
            return agent;
        if (!value.IsTrue("isSidechain"))
            return null;

        var file = Path.GetFileNameWithoutExtension(path);
        return file.StartsWith(AgentFile, StringComparison.Ordinal) ? file[AgentFile.Length..] : "sidechain";
    }

    // <session>.jsonl, or <session>/subagents/agent-<id>.jsonl
    private string SessionOfPath()
    {
        var file = Path.GetFileNameWithoutExtension(path);
        if (!file.StartsWith(AgentFile, StringComparison.Ordinal))
            return file;

        var folder = Path.GetDirectoryName(path);
        return Path.GetFileName(folder) == "subagents" && Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } session
            ? session
            : file;
    }

    private static string? AllTextOf(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array
            ? string.Join('\n', content.EnumerateArray().Select(block => block.Text("text")))
            : content.Text();

    private static string? TextOf(JsonElement content) =>
        content.ValueKind switch
        {
            JsonValueKind.String => content.Text(),
            JsonValueKind.Array => content.EnumerateArray().Select(block => block.Text("text")).FirstOrDefault(text => text is not null),
            _ => null,
        };
}
