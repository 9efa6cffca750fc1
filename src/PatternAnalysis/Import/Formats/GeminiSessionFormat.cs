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

    public bool MayHold(JsonSlice value) => true; // lines that only change what is known of the session have no common field

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private readonly UsageTally _usage = new();
        private readonly HashSet<(string Id, string Type)> _seen = [];
        private string _session = "";
        private string? _promptId;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (value.Text("projectHash") is not null)
                _session = value.Text("sessionId") ?? "";
            foreach (var message in value.Items("messages"))
                DecodeMessage(message, receiver);
            if (value.Text("type") is not null && value.Text("id") is not null)
                DecodeMessage(value, receiver);
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void DecodeMessage(JsonSlice message, IEventReceiver receiver)
        {
            if (message.Text("type") is not ("user" or "gemini"))
                return;
            if (!message.Field("timestamp").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = _session,
                SourceApp = "gemini-cli",
                PromptId = _promptId,
                UtcTicks = ticks,
            };
            if (message.Text("type") == "gemini")
                AddCalls(message, record with { MessageId = message.Text("id") }, receiver);
            else if (ContentText.First(message.Field("content")) is { } text && message.Text("id") is { } id && _seen.Add((id, "")))
                receiver.Add(record with { EventType = HookEventType.UserPromptSubmit, PromptId = _promptId = id, Text = text });
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

            if (_seen.Add((id, HookEventType.PreToolUse)))
                receiver.Add(record with { EventType = HookEventType.PreToolUse, ToolInput = call.Field("args") });
            if (TypeOf(call.Text("status")) is not { } type || !_seen.Add((id, type)))
                return;

            var end = call.Field("timestamp").TryInstant(out var ticks) && ticks >= record.UtcTicks ? ticks : record.UtcTicks;
            var response = call.Items("result").Select(part => part.Field("functionResponse").Field("response")).FirstOrDefault();
            var text = response.Text("error") ?? response.Text("output") ?? call.Text("resultDisplay");
            record = record with { EventType = type, UtcTicks = end, MessageId = null };
            receiver.Add(record with { Text = type == HookEventType.PostToolUse ? null : text });
            receiver.Add(record.ResultOf(id, text));
        }

        private static string? TypeOf(string? status) =>
            status switch
            {
                "success" => HookEventType.PostToolUse,
                "error" => HookEventType.PostToolUseFailure,
                "cancelled" => HookEventType.ToolUseCancelled,
                _ => null, // it had not ended
            };
    }
}
