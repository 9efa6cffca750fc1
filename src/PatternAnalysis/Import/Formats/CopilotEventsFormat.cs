using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The <c>events.jsonl</c> of GitHub Copilot CLI below <c>~/.copilot/session-state/SESSION</c>: every line has a type, an id, its parent's
/// id, a time and data.
/// </summary>
internal sealed class CopilotEventsFormat : IEventFormat
{
    public string Name => "CopilotEvents";

    public bool Recognizes(JsonSlice value) =>
        value.Field("data").Kind == JsonValueKind.Object
        && value.Text("id") is not null
        && value.Text("timestamp") is not null
        && value.Field("parentId").Kind is JsonValueKind.Null or JsonValueKind.String
        && value.Text("type") is { } type
        && type.Contains('.', StringComparison.Ordinal);

    public bool MayHold(JsonSlice value) => value.Text("type") is not null && value.Field("data").Kind == JsonValueKind.Object;

    public IEventDecoder StartFile(string path) => new Decoder(path);

    private sealed class Decoder(string path) : IEventDecoder
    {
        private readonly Dictionary<string, string> _toolNames = [];
        private readonly Dictionary<string, string> _messages = [];
        private string _session = SessionOfPath(path);
        private string? _directory;
        private string? _promptId;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            var (type, data) = (value.Text("type"), value.Field("data"));
            switch (type)
            {
                case "session.start" or "session.resume":
                    var session = data.Text("sessionId") ?? _session;
                    (_session, _promptId) = (session, session == _session ? _promptId : null);
                    _directory = data.Field("context").Text("cwd") ?? _directory;
                    return;
                case "assistant.message":
                    foreach (var request in data.Items("toolRequests"))
                    {
                        if (request.Text("toolCallId") is { } call && data.Text("messageId") is { } message)
                            _messages[call] = message;
                    }

                    return;
                case "user.message" when IsOfProgram(data):
                    return;
                case not ("user.message" or "tool.execution_start" or "tool.execution_complete"):
                    if (!IsKnown(type!))
                        receiver.Skip(SkipReason.UnknownRecord, 0, type);
                    return;
            }

            if (!value.Field("timestamp").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = _session,
                SourceApp = "copilot-cli",
                AgentId = data.Text("parentToolCallId"),
                PromptId = _promptId,
                UtcTicks = ticks,
                WorkingDirectory = _directory,
                ToolUseId = data.Text("toolCallId"),
            };
            if (type == "user.message")
            {
                _promptId = value.Text("id");
                receiver.Add(record with { EventType = HookEventType.UserPromptSubmit, PromptId = _promptId, Text = data.Text("content") });
            }
            else if (type == "tool.execution_start")
            {
                AddCall(data, record, receiver);
            }
            else
            {
                AddResult(data, record, receiver);
            }
        }

        private static bool IsKnown(string type) =>
            KnownRecords.Copilot.Contains(type) || KnownRecords.CopilotFamilies.Contains(type.Split('.')[0]);

        // What a skill, a schedule or another agent says in the user's place names its source.
        private static bool IsOfProgram(JsonSlice data) =>
            data.Text("source") is { } source && source is not ("user" or "")
            || data.Text("parentToolCallId") is not null
            || (data.Text("content") is { } text && TypedPrompt.IsOfProgram(text));

        private void AddCall(JsonSlice data, ImportedEvent record, IEventReceiver receiver)
        {
            var name =
                data.Text("mcpServerName") is { } server && data.Text("mcpToolName") is { } tool
                    ? $"mcp__{server}__{tool}"
                    : data.Text("toolName");
            if (record.ToolUseId is { } id && name is not null)
                _toolNames[id] = name;
            receiver.Add(
                record with
                {
                    EventType = HookEventType.PreToolUse,
                    ToolName = name,
                    ToolInput = data.Field("arguments"),
                    MessageId = record.ToolUseId is null ? null : _messages.GetValueOrDefault(record.ToolUseId),
                }
            );
        }

        private void AddResult(JsonSlice data, ImportedEvent record, IEventReceiver receiver)
        {
            if (record.ToolUseId is not { } id)
            {
                receiver.Skip(SkipReason.WrongType);
                return;
            }

            var error = data.Field("error");
            var failed = data.Field("success").Kind == JsonValueKind.False;
            receiver.Add(
                record with
                {
                    EventType =
                        !failed ? HookEventType.PostToolUse
                        : error.Text("code") is "denied" or "rejected" or "permission_denied" ? HookEventType.PermissionDenied
                        : error.Text("code") is "cancelled" or "canceled" or "aborted" ? HookEventType.ToolUseCancelled
                        : ToolOutcome.OfError(error.Text("message")),
                    ToolName = _toolNames.GetValueOrDefault(id),
                    Text = error.Text("message"),
                }
            );
            receiver.Add(record.ResultOf(id, data.Field("result").Text("content")));
        }

        // session-state/SESSION/events.jsonl, and before that session-state/SESSION.jsonl
        private static string SessionOfPath(string path)
        {
            var file = Path.GetFileNameWithoutExtension(path);
            return file == "events" ? Path.GetFileName(Path.GetDirectoryName(path)) ?? file : file;
        }
    }
}
