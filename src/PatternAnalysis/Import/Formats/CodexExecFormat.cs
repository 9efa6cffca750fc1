using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What <c>codex exec --json</c> prints: a thread, its turns, and items that start and complete. It holds no times, and its items are
/// numbered anew in each run, so what was told before in the run and what an item is about are a part of its id. What a turn took is told
/// for the turn and not for its messages, so it is left out.
/// </summary>
internal sealed class CodexExecFormat : IEventFormat
{
    public string Name => "CodexExec";

    public bool Recognizes(JsonSlice value) => value.Text("type") == "thread.started" && value.Text("thread_id") is not null;

    public bool MayHold(JsonSlice value) => value.Text("type") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private readonly Dictionary<string, string> _started = [];
        private string _session = "";
        private string _before = "";

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            var type = value.Text("type");
            if (type == "thread.started")
            {
                // A file may hold several runs.
                (_session, _before) = (value.Text("thread_id") ?? "", "");
                _started.Clear();
            }

            if (type is "item.started" or "item.completed" && value.Field("item") is { Kind: JsonValueKind.Object } item)
                DecodeItem(item, isEnd: type == "item.completed", receiver);
            else if (type is not ("item.started" or "item.completed") && !KnownRecords.CodexExec.Contains(type ?? ""))
                receiver.Skip(SkipReason.UnknownRecord, 0, type);
        }

        private void DecodeItem(JsonSlice item, bool isEnd, IEventReceiver receiver)
        {
            if (Call(item, receiver) is { } call)
            {
                // Some items are only told of when they are complete.
                if (_started.TryGetValue(item.Text("id")!, out var id))
                    call = call with { ToolUseId = id };
                else
                    receiver.Add(call);
                _started[item.Text("id")!] = call.ToolUseId!;
                if (isEnd)
                    AddEnd(item, call, receiver);
            }

            if (isEnd)
                _before = Hash(_before + item.Json());
        }

        private ImportedEvent? Call(JsonSlice item, IEventReceiver receiver)
        {
            var (name, input) = item.Text("type") switch
            {
                "command_execution" => ("shell", Input(("command", item.Text("command")))),
                "mcp_tool_call" => ($"mcp__{item.Text("server")}__{item.Text("tool")}", item.Field("arguments")),
                "web_search" => ("web_search", Input(("query", item.Text("query")))),
                "file_change" => (
                    "apply_patch",
                    Input(("file_path", item.Items("changes").Select(change => change.Text("path")).FirstOrDefault()))
                ),
                // Agents that it starts, and what comes yet.
                { } type when type.EndsWith("_tool_call", StringComparison.Ordinal) => (item.Text("tool") ?? type, item.Field("arguments")),
                _ => (null, default),
            };
            if (name is null)
            {
                if (!KnownRecords.CodexExecItems.Contains(item.Text("type") ?? item.Text("item_type") ?? ""))
                    receiver.Skip(SkipReason.UnknownRecord, 0, item.Text("type"));
                return null;
            }

            if (item.Text("id") is not { } id)
            {
                receiver.Skip(SkipReason.WrongType);
                return null;
            }

            var subject = item.Text("command") ?? item.Text("query") ?? (input.Kind == JsonValueKind.Object ? input.Json() : "");
            return new ImportedEvent
            {
                EventType = HookEventType.PreToolUse,
                SessionId = _session,
                SourceApp = "codex",
                ToolName = name,
                ToolUseId = $"{id}-{Hash(_before + name + subject)}",
                ToolInput = input,
            };
        }

        private static void AddEnd(JsonSlice item, ImportedEvent call, IEventReceiver receiver)
        {
            var status = item.Text("status");
            var answer =
                item.Text("aggregated_output")
                ?? item.Field("error").Text("message")
                ?? ContentText.All(item.Field("result").Field("content"));
            var end = call with
            {
                EventType =
                    status == "declined" ? HookEventType.PermissionDenied
                    : status == "failed" || item.Number("exit_code") is not (null or 0) ? HookEventType.PostToolUseFailure
                    : HookEventType.PostToolUse,
                ToolInput = default,
                Text = status == "failed" ? answer : null,
            };
            receiver.Add(end);
            receiver.Add(end.ResultOf(end.ToolUseId!, answer));
        }

        private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));

        private static JsonSlice Input((string Name, string? Value) field) => JsonFields.ObjectOf(field.Name, field.Value);
    }
}
