using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The sessions of pi below <c>~/.pi/agent/sessions</c>: a header, then entries whose messages hold <c>toolCall</c> blocks and
/// <c>toolResult</c> messages. Versions 1 to 3 of the format.
/// </summary>
internal sealed class PiSessionFormat : IEventFormat
{
    public string Name => "PiSession";

    public bool Recognizes(JsonSlice value) =>
        value.Text("type") == "session"
        && value.Text("id") is not null
        && value.Text("cwd") is not null
        && value.Text("timestamp") is not null;

    public bool MayHold(JsonSlice value) => value.Text("type") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private readonly UsageTally _usage = new();
        private string _session = "";
        private string? _directory;
        private string? _promptId;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (value.Text("type") == "session")
                (_session, _directory, _promptId) = (value.Text("id") ?? "", value.Text("cwd"), null);
            if (value.Text("type") != "message")
            {
                if (!KnownRecords.Pi.Contains(value.Text("type") ?? ""))
                    receiver.Skip(SkipReason.UnknownRecord, 0, value.Text("type"));
                return;
            }

            var message = value.Field("message");
            if (!value.Field("timestamp").Or(message.Field("timestamp")).TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = _session,
                SourceApp = "pi",
                PromptId = _promptId,
                UtcTicks = ticks,
                WorkingDirectory = _directory,
            };
            switch (message.Text("role"))
            {
                case "user":
                    _promptId = value.Text("id");
                    receiver.Add(
                        record with
                        {
                            EventType = HookEventType.UserPromptSubmit,
                            PromptId = _promptId,
                            Text = ContentText.First(message.Field("content")),
                        }
                    );
                    break;
                case "assistant":
                    AddCalls(message, record with { MessageId = value.Text("id") }, receiver);
                    break;
                case "toolResult":
                    AddResult(message, record, receiver);
                    break;
                case var role when !KnownRecords.PiRoles.Contains(role ?? ""):
                    receiver.Skip(SkipReason.UnknownRecord, 0, role);
                    break;
            }
        }

        public void Complete(IEventReceiver receiver) => _usage.Complete(receiver);

        private void AddCalls(JsonSlice message, ImportedEvent record, IEventReceiver receiver)
        {
            var tally = _usage.Of(record, message.Text("model"));
            if (message.Field("usage") is { Kind: JsonValueKind.Object } usage)
                tally?.Report(
                    usage.Number("input") ?? 0,
                    usage.Number("output") ?? 0,
                    usage.Number("cacheWrite") ?? 0,
                    usage.Number("cacheRead") ?? 0
                );
            foreach (var block in message.Items("content"))
            {
                if (block.Text("type") != "toolCall")
                {
                    tally?.AddText(block.Text("text") ?? block.Text("thinking"));
                    continue;
                }

                tally?.AddCall(block.Text("id"), block.Field("arguments"));
                receiver.Add(
                    record with
                    {
                        EventType = HookEventType.PreToolUse,
                        ToolName = block.Text("name"),
                        ToolUseId = block.Text("id"),
                        ToolInput = block.Field("arguments"),
                    }
                );
            }
        }

        private static void AddResult(JsonSlice message, ImportedEvent record, IEventReceiver receiver)
        {
            if (message.Text("toolCallId") is not { } id)
            {
                receiver.Skip(SkipReason.WrongType);
                return;
            }

            var text = ContentText.All(message.Field("content"));
            receiver.Add(
                record with
                {
                    EventType = message.IsTrue("isError") ? ToolOutcome.OfError(text) : HookEventType.PostToolUse,
                    ToolUseId = id,
                    ToolName = message.Text("toolName"),
                    Text = message.IsTrue("isError") ? text : null,
                }
            );
            receiver.Add(record.ResultOf(id, text));
        }
    }
}
