using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What GitHub Copilot CLI hands to its hooks, written to a log as it comes: a time in Unix milliseconds, and a tool's arguments as JSON in
/// a text. It names no event, so what it has tells which it is; without a session's id it can't be told whose it is.
/// </summary>
internal sealed class CopilotHookFormat : IEventFormat
{
    public string Name => "CopilotHook";

    public bool Recognizes(JsonSlice value) =>
        value.Field("timestamp").Kind == JsonValueKind.Number
        && value.Text("cwd") is not null
        && value.Text("hook_event_name") is null
        && value.Text("toolName") is not null
        && value.Field("toolArgs").Kind is JsonValueKind.String or JsonValueKind.Object;

    // The prompts, starts and ends of sessions that lie between.
    public bool MayHold(JsonSlice value) => value.Text("cwd") is not null;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private static readonly string[] s_others =
        [
            "source",
            "reason",
            "stopReason",
            "error",
            "initialPrompt",
            "trigger",
            "agentName",
            "message",
            "transcriptPath",
        ];

        private readonly UnnumberedCalls _calls = new();

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            var (tool, prompt) = (value.Text("toolName"), value.Text("prompt"));
            if (tool is null && prompt is null)
            {
                // The starts and ends of sessions, and errors, say so; whatever else lies between is no hook's input.
                if (!Array.Exists(s_others, field => value.Field(field).Kind != JsonValueKind.Undefined))
                    receiver.Skip(SkipReason.NotAnEvent);
                return;
            }

            if (!value.Field("timestamp").TryInstant(out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var result = value.Field("toolResult");
            var error = value.Field("error");
            var input = value.Field("toolArgs");
            var hookEvent = new ImportedEvent
            {
                EventType =
                    tool is null ? HookEventType.UserPromptSubmit
                    : error.Kind is JsonValueKind.Object or JsonValueKind.String
                        ? ToolOutcome.OfError(error.Text("message") ?? error.Text())
                    : result.Kind != JsonValueKind.Object ? HookEventType.PreToolUse
                    : result.Text("resultType") switch
                    {
                        "denied" or "rejected" => HookEventType.PermissionDenied,
                        "failure" => HookEventType.PostToolUseFailure,
                        _ => HookEventType.PostToolUse,
                    },
                SessionId = value.Text("sessionId") ?? value.Text("session_id") ?? "",
                SourceApp = "copilot-cli",
                UtcTicks = ticks,
                WorkingDirectory = value.Text("cwd"),
                ToolName = tool,
                ToolUseId = value.Text("toolCallId") ?? value.Text("toolUseId"),
                ToolInput = input.Kind == JsonValueKind.String ? JsonFields.ParseObject(input.AnyText()!) : input,
                Text =
                    tool is null ? prompt
                    : result.Text("resultType") == "failure" ? result.Text("textResultForLlm")
                    : null,
            };
            receiver.Add(_calls.Number(hookEvent));
        }
    }
}
