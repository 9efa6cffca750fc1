using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The transcripts that Cursor keeps below <c>~/.cursor/projects/PROJECT/agent-transcripts</c> as JSON lines. They hold what was asked and
/// called, in order, but no times, no ids and no results.
/// </summary>
internal sealed class CursorTranscriptFormat : IEventFormat
{
    public string Name => "CursorTranscript";

    public bool Recognizes(JsonSlice value) =>
        value.Text("role") is "user" or "assistant"
        && value.Text("type") is null
        && value.Text("sessionID") is null
        && value.Field("message").Field("content").Kind == JsonValueKind.Array;

    public bool MayHold(JsonSlice value) => value.Text("role") is not null || s_others.Contains(value.Text("type"));

    // What newer versions write at the end of a turn and of a session.
    private static readonly string[] s_others = ["turn_ended", "turn_end", "session_end", "system", "result", "metadata"];

    public IEventDecoder StartFile(string path) => new Decoder(path);

    private sealed class Decoder(string path) : IEventDecoder
    {
        private const string Agents = "subagents";

        private readonly TurnIds _ids = new();

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            var (session, agent) = Names();
            var content = value.Field("message").Field("content");
            var record = new ImportedEvent
            {
                EventType = HookEventType.UserPromptSubmit,
                SessionId = session,
                AgentId = agent,
                SourceApp = "cursor",
            };
            if (value.Text("role") == "user" && agent is null && content.Kind == JsonValueKind.Array && Typed(content) is { } prompt)
                receiver.Add(record with { Text = prompt });
            if (value.Text("role") != "assistant")
                return;

            foreach (var block in value.Field("message").Items("content").Where(block => block.Text("type") == "tool_use"))
                receiver.Add(
                    record with
                    {
                        EventType = HookEventType.PreToolUse,
                        ToolName = block.Text("name"),
                        ToolUseId = _ids.Start(block.Text("id"), null),
                        ToolInput = block.Field("input"),
                    }
                );
        }

        // Around what a person typed stands what the editor adds: the time, open files, reminders.
        private static string? Typed(JsonSlice content)
        {
            var texts = content.Items().Select(block => block.Text("text")).ToArray();
            return texts.OfType<string>().FirstOrDefault(text => text.Contains("<user_query>", StringComparison.Ordinal))
                ?? texts.FirstOrDefault(text => text is null || !TypedPrompt.IsOfProgram(text))
                ?? (Array.Exists(texts, text => text is null) ? "" : null);
        }

        // SESSION.jsonl, SESSION/SESSION.jsonl, or SESSION/subagents/AGENT.jsonl
        private (string Session, string? Agent) Names()
        {
            var (file, folder) = (Path.GetFileNameWithoutExtension(path), Path.GetDirectoryName(path));
            return Path.GetFileName(folder) == Agents && Path.GetFileName(Path.GetDirectoryName(folder)) is { Length: > 0 } session
                ? (session, file)
                : (file, null);
        }
    }
}
