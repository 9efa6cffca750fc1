using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What <c>codex exec --json</c> prints: a thread, its turns, and items that start and complete. It holds no times, and its items are
/// numbered anew in each run, so what an item is about is a part of its id. What a turn took is told for the turn and not for its messages,
/// so it is left out.
/// </summary>
internal sealed class CodexExecFormat : IEventFormat
{
    public string Name => "CodexExec";

    public bool Recognizes(JsonSlice value) => value.Text("type") == "thread.started" && value.Text("thread_id") is not null;

    public bool MayHold(JsonSlice value) => value.Text("type") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private readonly HashSet<string> _started = [];
        private string _session = "";

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (value.Text("type") == "thread.started")
                _session = value.Text("thread_id") ?? "";
            if (
                value.Text("type") is not ("item.started" or "item.completed")
                || value.Field("item") is not { Kind: JsonValueKind.Object } item
            )
                return;
            if (Call(item) is not { } call)
                return;

            // Some items are only told of when they are complete.
            if (_started.Add(call.ToolUseId!))
                receiver.Add(call);
            if (value.Text("type") == "item.completed")
                AddEnd(item, call, receiver);
        }

        private ImportedEvent? Call(JsonSlice item)
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
                _ => (null, default),
            };
            if (name is null || item.Text("id") is not { } id)
                return null;

            var subject = item.Text("command") ?? item.Text("query") ?? (input.Kind == JsonValueKind.Object ? input.Json() : "");
            var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name + subject)).AsSpan(0, 4));
            return new ImportedEvent
            {
                EventType = HookEventType.PreToolUse,
                SessionId = _session,
                SourceApp = "codex",
                ToolName = name,
                ToolUseId = $"{id}-{hash}",
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

        private static JsonSlice Input((string Name, string? Value) field) => JsonFields.ObjectOf(field.Name, field.Value);
    }
}
