using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The <c>api_conversation_history.json</c> of a task of Cline or Roo Code: messages of the model's API. Calls are <c>tool_use</c> blocks,
/// or, of models that are asked for it in words, XML elements in the text.
/// </summary>
internal sealed class ClineTaskFormat : IEventFormat
{
    public string Name => "ClineTask";

    public bool Recognizes(JsonSlice value) =>
        MayHold(value)
        && value.Text("sessionID") is null
        && (
            value.Field("ts").Kind == JsonValueKind.Number
            || ContentText.First(value.Field("content"))?.StartsWith("<task>", StringComparison.Ordinal) == true
        );

    public bool MayHold(JsonSlice value) =>
        value.Text("role") is "user" or "assistant" && value.Field("content").Kind is JsonValueKind.Array or JsonValueKind.String;

    public IEventDecoder StartFile(string path) => new Decoder(path);

    private sealed class Decoder(string path) : IEventDecoder
    {
        private readonly string _task = Path.GetFileName(Path.GetDirectoryName(path)) is { Length: > 0 } folder
            ? folder
            : Path.GetFileNameWithoutExtension(path);
        private readonly Dictionary<string, string> _toolNames = [];
        private readonly TurnIds _undatedIds = new();
        private ImportedEvent? _open;
        private string? _promptId;
        private long? _ticks;
        private int _messages;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            _messages++;
            if (!value.Field("ts").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            // A task is named by the time at which it began, in Unix milliseconds; older messages have no other.
            _ticks = ticks ?? _ticks ?? Began();
            var record = new ImportedEvent
            {
                EventType = "",
                SessionId = _task,
                SourceApp = "cline",
                UtcTicks = _ticks,
                PromptId = _promptId,
            };
            if (value.Text("role") == "assistant")
                AddCalls(value.Field("content"), record with { MessageId = Id("message") }, ticks is not null, receiver);
            else
                AddUser(value.Field("content"), record, receiver);
        }

        private void AddCalls(JsonSlice content, ImportedEvent record, bool isDated, IEventReceiver receiver)
        {
            foreach (var block in Blocks(content).Where(block => block.Text("type") == "tool_use"))
            {
                var id = isDated ? block.Text("id") : _undatedIds.Start(block.Text("id"), record.MessageId);
                if (id is not null && block.Text("name") is { } name)
                    _toolNames[id] = name;
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

            if (ContentText.All(content) is not { } text || ClineToolText.Find(text) is not { } call)
                return;

            _open = record with
            {
                EventType = HookEventType.PreToolUse,
                ToolName = call.Name,
                ToolUseId = Id("call"),
                ToolInput = call.Input,
            };
            receiver.Add(_open);
        }

        private void AddUser(JsonSlice content, ImportedEvent record, IEventReceiver receiver)
        {
            foreach (var block in Blocks(content).Where(block => block.Text("type") == "tool_result"))
            {
                if (_undatedIds.End(block.Text("tool_use_id")) is not { } id)
                {
                    receiver.Skip(SkipReason.WrongType);
                    continue;
                }

                var answer = ContentText.All(block.Field("content")) ?? "";
                AddEnd(
                    answer,
                    block.IsTrue("is_error"),
                    record with
                    {
                        ToolUseId = id,
                        ToolName = _toolNames.GetValueOrDefault(id),
                    },
                    receiver
                );
            }

            var text = ContentText.All(content) ?? "";
            if (_open is { } open && ClineToolText.IsResult(text, open.ToolName!))
            {
                AddEnd(text, false, record with { ToolUseId = open.ToolUseId, ToolName = open.ToolName }, receiver);
                _open = null;
            }

            if (!ClineAnswer.HasTyped(Texts(content)))
                return;

            _promptId = Id("prompt");
            receiver.Add(
                record with
                {
                    EventType = HookEventType.UserPromptSubmit,
                    PromptId = _promptId,
                    Text = ContentText.First(content),
                }
            );
        }

        private static IEnumerable<string> Texts(JsonSlice content) =>
            content.Kind == JsonValueKind.Array ? content.Items().Select(block => block.Text("text")?.TrimStart()).OfType<string>()
            : content.Text() is { } text ? [text.TrimStart()]
            : [];

        private static void AddEnd(string answer, bool failed, ImportedEvent record, IEventReceiver receiver)
        {
            failed |= ClineAnswer.IsFailure(answer);
            var denied = ClineAnswer.IsDenial(answer);
            receiver.Add(
                record with
                {
                    EventType =
                        denied ? HookEventType.PermissionDenied
                        : failed ? HookEventType.PostToolUseFailure
                        : HookEventType.PostToolUse,
                    Text = failed || denied ? answer : null,
                }
            );
            receiver.Add(record.ResultOf(record.ToolUseId!, answer));
        }

        private static JsonSlice[] Blocks(JsonSlice content) => content.Kind == JsonValueKind.Array ? [.. content.Items()] : [];

        private string Id(string kind) => string.Create(CultureInfo.InvariantCulture, $"{_task}:{kind}:{_messages}");

        private long? Began() =>
            long.TryParse(_task, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 946684800000 and < 4102444800000
                ? DateTime.UnixEpoch.AddMilliseconds(milliseconds).Ticks
                : null;
    }
}
