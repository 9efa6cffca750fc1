using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The chats of Qwen Code below <c>~/.qwen/projects</c>: the envelope of Claude's transcripts around messages of Gemini's API, whose parts
/// are <c>functionCall</c> and <c>functionResponse</c>.
/// </summary>
internal sealed class QwenChatFormat : IEventFormat
{
    public string Name => "QwenChat";

    public bool Recognizes(JsonSlice value) =>
        value.Text("type") is "user" or "assistant" or "tool_result"
        && value.Text("sessionId") is not null
        && value.Field("message").Field("parts").Kind == JsonValueKind.Array;

    public bool MayHold(JsonSlice value) => value.Text("type") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private const string SourceApp = "qwen-code";

        private readonly Dictionary<string, string> _toolNames = [];
        private readonly UsageTally _usage = new();
        private string _session = "";
        private string? _promptId;
        private int _messages;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            var type = value.Text("type");
            if (type is not ("user" or "assistant" or "tool_result"))
            {
                if (!KnownRecords.Qwen.Contains(type ?? ""))
                    receiver.Skip(SkipReason.UnknownRecord, 0, type);
                return;
            }

            if (!value.Field("timestamp").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var session = value.Text("sessionId") ?? "";
            (_session, _promptId) = (session, session == _session ? _promptId : null);
            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = session,
                SourceApp = SourceApp,
                AgentId = value.Text("agentId"),
                PromptId = value.Text("promptId") ?? value.Text("prompt_id") ?? _promptId,
                UtcTicks = ticks,
                WorkingDirectory = value.Text("cwd"),
            };
            if (type == "assistant")
                DecodeCalls(value, record, receiver);
            else if (type == "tool_result")
                DecodeResults(value, record, receiver);
            else
                DecodeUser(value, record, receiver);
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void DecodeCalls(JsonSlice value, ImportedEvent record, IEventReceiver receiver)
        {
            _messages++;
            record = record with { MessageId = value.Text("uuid") ?? $"{record.SessionId}:{_messages}" };
            var tally = _usage.Of(record, value.Text("model"));
            if (value.Field("usageMetadata") is { Kind: JsonValueKind.Object } usage)
            {
                var cached = usage.Number("cachedContentTokenCount") ?? 0;
                tally?.Report(
                    Math.Max(0, (usage.Number("promptTokenCount") ?? 0) - cached),
                    (usage.Number("candidatesTokenCount") ?? 0) + (usage.Number("thoughtsTokenCount") ?? 0),
                    cacheWrite: 0,
                    cached
                );
            }

            foreach (var part in value.Field("message").Items("parts"))
            {
                tally?.AddText(part.Text("text"));
                if (part.Field("functionCall") is not { Kind: JsonValueKind.Object } call)
                    continue;

                var (id, name) = (call.Text("id"), call.Text("name"));
                tally?.AddCall(id, call.Field("args"));
                if (id is not null && name is not null)
                    _toolNames[id] = name;
                receiver.Add(
                    record with
                    {
                        EventType = HookEventType.PreToolUse,
                        ToolName = name,
                        ToolUseId = id,
                        ToolInput = call.Field("args"),
                    }
                );
            }
        }

        private void DecodeResults(JsonSlice value, ImportedEvent record, IEventReceiver receiver)
        {
            var state = value.Field("toolCallResult");
            foreach (var part in value.Field("message").Items("parts"))
            {
                if (part.Field("functionResponse") is not { Kind: JsonValueKind.Object } response)
                    continue;

                var id = response.Text("id") ?? state.Text("callId");
                var answer = response.Field("response");
                var text = answer.Text("output") ?? answer.Text("error");
                receiver.Add(
                    record with
                    {
                        EventType = TypeOf(state.Text("status"), answer),
                        ToolUseId = id,
                        ToolName = response.Text("name") ?? (id is null ? null : _toolNames.GetValueOrDefault(id)),
                        Text = answer.Text("error"),
                    }
                );
                if (id is not null)
                    receiver.Add(record.ResultOf(id, text));
            }
        }

        private static string TypeOf(string? status, JsonSlice answer)
        {
            var error = answer.Text("error") ?? "";
            return status switch
            {
                "cancelled" => ToolOutcome.OfCancellation(error),
                "error" => ToolOutcome.OfError(error),
                null when error.Length > 0 => HookEventType.PostToolUseFailure,
                _ => HookEventType.PostToolUse,
            };
        }

        private void DecodeUser(JsonSlice value, ImportedEvent record, IEventReceiver receiver)
        {
            var text = value.Field("message").Items("parts").Select(part => part.Text("text")).FirstOrDefault(part => part is not null);
            if (record.AgentId is not null || value.Text("subtype") is not null || (text is not null && TypedPrompt.IsOfProgram(text)))
                return;

            _promptId = value.Text("promptId") ?? value.Text("prompt_id") ?? value.Text("uuid");
            receiver.Add(record with { EventType = HookEventType.UserPromptSubmit, PromptId = _promptId, Text = text });
        }
    }
}
