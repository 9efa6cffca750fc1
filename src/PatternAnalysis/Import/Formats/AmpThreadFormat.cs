using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The threads of Amp below <c>~/.local/share/amp/threads</c>: one object with all messages, of which only those of the user have a time;
/// what follows happened then or later.
/// </summary>
internal sealed class AmpThreadFormat : IEventFormat
{
    public string Name => "AmpThread";

    public bool Recognizes(JsonSlice value) =>
        value.Text("id") is { } id
        && id.StartsWith("T-", StringComparison.Ordinal)
        && value.Field("created").Kind == JsonValueKind.Number
        && value.Field("messages").Kind == JsonValueKind.Array;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private readonly UsageTally _usage = new();
        private readonly TurnIds _ids = new();

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (!value.Field("created").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var names = new Dictionary<string, string>();
            var thread = new ImportedEvent
            {
                EventType = "",
                SessionId = value.Text("id")!,
                SourceApp = "amp",
                UtcTicks = ticks,
                WorkingDirectory = DirectoryOf(value.Field("env").Field("initial").Items("trees").FirstOrDefault().Text("uri")),
            };
            foreach (var message in value.Items("messages"))
            {
                if (message.Field("meta").Field("sentAt").TryInstant(out var sent) && sent > thread.UtcTicks)
                    thread = thread with { UtcTicks = sent };
                var number = message.Number("messageId")?.ToString(System.Globalization.CultureInfo.InvariantCulture);
                if (message.Text("role") == "assistant")
                    AddCalls(message, thread with { MessageId = number is null ? null : $"{thread.SessionId}:{number}" }, names, receiver);
                else if (message.Text("role") == "user")
                    thread = AddUser(message, thread, number, names, receiver);
            }
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void AddCalls(JsonSlice message, ImportedEvent record, Dictionary<string, string> names, IEventReceiver receiver)
        {
            var usage = message.Field("usage");
            var tally = _usage.Of(record, usage.Text("model"));
            if (usage.Kind == JsonValueKind.Object)
                tally?.Report(
                    usage.Number("inputTokens") ?? 0,
                    usage.Number("outputTokens") ?? 0,
                    usage.Number("cacheCreationInputTokens") ?? 0,
                    usage.Number("cacheReadInputTokens") ?? 0
                );
            foreach (var block in message.Items("content"))
            {
                if (block.Text("type") != "tool_use")
                {
                    tally?.AddText(block.Text("text") ?? block.Text("thinking"));
                    continue;
                }

                tally?.AddCall(block.Text("id"), block.Field("input"));
                var id = _ids.Start(block.Text("id"), record.MessageId);
                if (id is not null && block.Text("name") is { } name)
                    names[id] = name;
                receiver.Add(
                    record with
                    {
                        EventType = HookEventType.PreToolUse,
                        ToolName = block.Text("name"),
                        ToolUseId = id,
                        ToolInput = block.Field("input"),
                    }
                );
            }
        }

        private ImportedEvent AddUser(
            JsonSlice message,
            ImportedEvent record,
            string? number,
            Dictionary<string, string> names,
            IEventReceiver receiver
        )
        {
            var hasResult = false;
            foreach (var block in message.Items("content"))
            {
                if (block.Text("type") != "tool_result")
                    continue;

                hasResult = true;
                if (_ids.End(block.Text("toolUseID") ?? block.Text("tool_use_id")) is { } id)
                    AddResult(block.Field("run"), record with { ToolUseId = id, ToolName = names.GetValueOrDefault(id) }, receiver);
                else
                    receiver.Skip(SkipReason.WrongType);
            }

            if (hasResult)
                return record;

            record = record with { PromptId = number is null ? null : $"{record.SessionId}:{number}" };
            receiver.Add(record with { EventType = HookEventType.UserPromptSubmit, Text = ContentText.First(message.Field("content")) });
            return record;
        }

        private static void AddResult(JsonSlice run, ImportedEvent record, IEventReceiver receiver)
        {
            var result = run.Field("result");
            var text = result.Text() ?? result.Text("output") ?? run.Field("error").Text("message") ?? run.Text("progress");
            var type = run.Text("status") switch
            {
                "done" or null => HookEventType.PostToolUse,
                "rejected-by-user" => HookEventType.PermissionDenied,
                "cancelled" => HookEventType.ToolUseCancelled,
                "error" => HookEventType.PostToolUseFailure,
                _ => null, // it had not ended
            };
            if (type is null)
                return;

            receiver.Add(record with { EventType = type, Text = type == HookEventType.PostToolUse ? null : text });
            receiver.Add(record.ResultOf(record.ToolUseId!, text));
        }

        private static string? DirectoryOf(string? uri) =>
            Uri.TryCreate(uri, UriKind.Absolute, out var address) && address.IsFile ? address.LocalPath : null;
    }
}
