using System.Text.Json;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What OpenCode keeps below <c>~/.local/share/opencode/storage</c>, a file for each session, message and part; what <c>opencode export</c>
/// writes, all in one object; and what <c>opencode run --format json</c> prints, a line for each part.
/// </summary>
internal sealed class OpenCodeFormat : IEventFormat
{
    public string Name => "OpenCode";

    public bool Recognizes(JsonElement value) =>
        IsPart(value)
        || IsPart(value.Field("part"))
        || IsMessage(value)
        || IsSession(value)
        || (IsSession(value.Field("info")) && value.Field("messages").ValueKind == JsonValueKind.Array);

    public bool MayHold(JsonElement value) => Recognizes(value) || value.Text("sessionID") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private static bool IsSession(JsonElement value) =>
        value.Text("id") is { } id
        && id.StartsWith("ses_", StringComparison.Ordinal)
        && value.Text("directory") is not null
        && value.Field("time").ValueKind == JsonValueKind.Object;

    private static bool IsMessage(JsonElement value) =>
        value.Text("sessionID") is not null && value.Text("role") is not null && value.Field("time").ValueKind == JsonValueKind.Object;

    private static bool IsPart(JsonElement value) =>
        value.Text("sessionID") is not null && value.Text("messageID") is not null && value.Text("type") is not null;

    private sealed class Decoder : IEventDecoder
    {
        private readonly UsageTally _usage = new();

        public void Decode(JsonElement value, IEventReceiver receiver)
        {
            if (IsPart(value))
                AddPart(value, receiver);
            else if (IsPart(value.Field("part")))
                AddPart(value.Field("part"), receiver);
            else if (IsMessage(value))
                AddMessage(value, receiver);
            foreach (var message in value.Items("messages"))
            {
                AddMessage(message.Field("info"), receiver);
                foreach (var part in message.Items("parts"))
                    AddPart(part, receiver);
            }
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void AddMessage(JsonElement message, IEventReceiver receiver)
        {
            if (message.Text("role") is not ("user" or "assistant"))
                return;
            if (!message.Field("time").Field("created").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var record = new ImportedEvent
            {
                EventType = HookEventType.UserPromptSubmit,
                SessionId = message.Text("sessionID") ?? "",
                SourceApp = "opencode",
                UtcTicks = ticks,
                PromptId = message.Text(message.Text("role") == "user" ? "id" : "parentID"),
            };
            if (message.Text("role") == "user")
            {
                receiver.Add(record);
                return;
            }

            var (tokens, cache) = (message.Field("tokens"), message.Field("tokens").Field("cache"));
            if (tokens.ValueKind == JsonValueKind.Object)
                _usage
                    .Of(record with { MessageId = message.Text("id") }, message.Text("modelID"))
                    ?.Report(
                        tokens.Number("input") ?? 0,
                        (tokens.Number("output") ?? 0) + (tokens.Number("reasoning") ?? 0),
                        cache.Number("write") ?? 0,
                        cache.Number("read") ?? 0
                    );
        }

        private static void AddPart(JsonElement part, IEventReceiver receiver)
        {
            var state = part.Field("state");
            if (part.Text("type") != "tool" || state.ValueKind != JsonValueKind.Object)
                return;

            // A call that waits for its turn has no time yet.
            var time = state.Field("time");
            if (state.Text("status") == "pending")
                return;
            if (!time.Field("start").TryInstant(out var start))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var call = new ImportedEvent
            {
                EventType = HookEventType.PreToolUse,
                SessionId = part.Text("sessionID") ?? "",
                SourceApp = "opencode",
                UtcTicks = start,
                MessageId = part.Text("messageID"),
                ToolName = part.Text("tool"),
                ToolUseId = part.Text("callID") ?? part.Text("id"),
                ToolInput = state.Field("input"),
            };
            receiver.Add(call);
            if (state.Text("status") is not ("completed" or "error") || call.ToolUseId is not { } id)
                return;

            var error = state.Text("error");
            var end = call with
            {
                EventType = state.Text("status") == "error" ? TypeOf(error ?? "") : HookEventType.PostToolUse,
                UtcTicks = time.Field("end").TryInstant(out var ended) && ended >= start ? ended : start,
                MessageId = null,
                ToolInput = default,
                Text = error,
            };
            receiver.Add(end);
            receiver.Add(end.ResultOf(id, state.Text("output") ?? error));
        }

        private static string TypeOf(string error) =>
            error.Contains("rejected permission", StringComparison.OrdinalIgnoreCase) ? HookEventType.PermissionDenied
            : error.Contains("aborted", StringComparison.OrdinalIgnoreCase) ? HookEventType.ToolUseCancelled
            : HookEventType.PostToolUseFailure;
    }
}
