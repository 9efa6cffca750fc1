using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The sessions of Gemini CLI below <c>~/.gemini/tmp/PROJECT/chats</c>: one object with all messages, or, in newer versions, a line for the
/// session and one for each state of each message.
/// </summary>
internal sealed class GeminiSessionFormat : IEventFormat
{
    public string Name => "GeminiSession";

    public bool Recognizes(JsonSlice value) =>
        value.Text("sessionId") is not null && value.Text("projectHash") is not null && value.Text("startTime") is not null;

    // Lines that change what is known of the session are named by what they do.
    public bool MayHold(JsonSlice value) =>
        value.Text("sessionId") is not null
        || (value.Text("id") is not null && value.Text("type") is not null)
        || value.Field("$set").Kind == JsonValueKind.Object
        || value.Field("$rewindTo").Kind == JsonValueKind.String;

    public IEventDecoder StartFile(string path) => new Decoder(path);

    private sealed class Decoder(string path) : IEventDecoder
    {
        private readonly UsageTally _usage = new();
        private readonly HashSet<(string? Message, string Id, string Type)> _seen = [];
        private const string Chats = "chats";

        private string _session = "";
        private string? _agent;
        private string? _promptId;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (value.Text("projectHash") is not null)
            {
                var before = (_session, _agent);
                (_session, _agent) = NamesOf(value);
                _promptId = before == (_session, _agent) ? _promptId : null;
            }

            foreach (var message in value.Field("$set").Items("messages"))
                DecodeMessage(message, receiver);
            foreach (var message in value.Items("messages"))
                DecodeMessage(message, receiver);
            if (value.Text("type") is not null && value.Text("id") is not null)
                DecodeMessage(value, receiver);
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void DecodeMessage(JsonSlice message, IEventReceiver receiver)
        {
            if (message.Text("type") is not ("user" or "gemini"))
            {
                if (!KnownRecords.Gemini.Contains(message.Text("type") ?? ""))
                    receiver.Skip(SkipReason.UnknownRecord, 0, message.Text("type"));
                return;
            }

            if (!message.Field("timestamp").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = _session,
                AgentId = _agent,
                SourceApp = "gemini-cli",
                PromptId = _promptId,
                UtcTicks = ticks,
            };
            if (message.Text("type") == "gemini")
                AddCalls(message, record with { MessageId = message.Text("id") }, receiver);
            else if (
                _agent is null
                && ContentText.First(message.Field("content")) is { } text
                && !TypedPrompt.IsOfProgram(text)
                && message.Text("id") is { } id
                && _seen.Add((null, id, ""))
            )
                receiver.Add(record with { EventType = HookEventType.UserPromptSubmit, PromptId = _promptId = id, Text = text });
        }

        // A sub-agent's file lies in a folder of its session: chats/SESSION/AGENT.jsonl.
        private (string Session, string? Agent) NamesOf(JsonSlice meta)
        {
            var own = meta.Text("sessionId") ?? "";
            var folder = Path.GetDirectoryName(path);
            return
                meta.Text("kind") == "subagent"
                && Path.GetFileName(folder) is { Length: > 0 } session
                && Path.GetFileName(Path.GetDirectoryName(folder)) == Chats
                ? (session, own)
                : (own, null);
        }

        private void AddCalls(JsonSlice message, ImportedEvent record, IEventReceiver receiver)
        {
            var tally = _usage.Of(record, message.Text("model"));
            if (message.Field("tokens") is { Kind: JsonValueKind.Object } tokens)
            {
                var cached = tokens.Number("cached") ?? 0;
                tally?.Report(
                    Math.Max(0, (tokens.Number("input") ?? 0) - cached),
                    (tokens.Number("output") ?? 0) + (tokens.Number("thoughts") ?? 0),
                    cacheWrite: 0,
                    cached
                );
            }

            foreach (var call in message.Items("toolCalls"))
            {
                tally?.AddCall(call.Text("id"), call.Field("args"));
                AddCall(call, record with { ToolName = call.Text("name"), ToolUseId = call.Text("id") }, receiver);
            }
        }

        // A call has the time at which it was written down, which is when it had ended.
        private void AddCall(JsonSlice call, ImportedEvent record, IEventReceiver receiver)
        {
            if (record.ToolUseId is not { } id)
            {
                receiver.Skip(SkipReason.WrongType);
                return;
            }

            var message = record.MessageId; // ids may count by message
            if (_seen.Add((message, id, HookEventType.PreToolUse)))
                receiver.Add(record with { EventType = HookEventType.PreToolUse, ToolInput = call.Field("args") });
            var response = call.Items("result").Select(part => part.Field("functionResponse").Field("response")).FirstOrDefault();
            if (TypeOf(call.Text("status"), response) is not { } type || !_seen.Add((message, id, type)))
                return;

            var end = call.Field("timestamp").TryInstant(out var ticks) && ticks >= record.UtcTicks ? ticks : record.UtcTicks;
            var text = response.Text("error") ?? response.Text("output") ?? call.Text("resultDisplay");
            record = record with { EventType = type, UtcTicks = end, MessageId = null };
            receiver.Add(record with { Text = type == HookEventType.PostToolUse ? null : text });
            receiver.Add(record.ResultOf(id, text));
        }

        private static string? TypeOf(string? status, JsonSlice response) =>
            status switch
            {
                "success" => HookEventType.PostToolUse,
                "error" => ToolOutcome.OfError(response.Text("error")),
                "cancelled" => ToolOutcome.OfCancellation(response.Text("error")),
                _ => null, // it had not ended
            };
    }
}
