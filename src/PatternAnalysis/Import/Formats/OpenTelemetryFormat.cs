using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Logs in OTLP's JSON encoding (<c>resourceLogs</c>), as the collector's file exporter writes them, with the events of calls of Claude
/// Code and Codex (<c>tool_result</c>, <c>tool_decision</c>) and of Gemini CLI and Qwen Code (<c>tool_call</c>), and prompts
/// (<c>user_prompt</c>).
/// </summary>
internal sealed class OpenTelemetryFormat : IEventFormat
{
    public string Name => "OpenTelemetry";

    public bool Recognizes(JsonSlice value) => value.Field("resourceLogs").Kind == JsonValueKind.Array;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            foreach (var resource in value.Items("resourceLogs"))
            {
                var shared = new OpenTelemetryAttributes(resource.Field("resource"));
                foreach (var record in resource.Items("scopeLogs").SelectMany(scope => scope.Items("logRecords")))
                    DecodeRecord(record, new OpenTelemetryAttributes(record, shared), receiver);
            }
        }

        private static void DecodeRecord(JsonSlice record, OpenTelemetryAttributes attributes, IEventReceiver receiver)
        {
            var name = attributes.Text("event.name") ?? record.Text("eventName") ?? record.Field("body").Text("stringValue");
            name = name?[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (name is not ("tool_result" or "tool_call" or "tool_decision" or "user_prompt"))
            {
                // An agent's requests, settings and costs name its session; an event that names a call may be one.
                if (SessionOf(attributes) is null)
                    receiver.Skip(SkipReason.NotAnEvent, 0, name);
                else if (name is null || attributes.Text("tool_use_id") is not null)
                    receiver.Skip(SkipReason.UnknownRecord, 0, name);
                return;
            }

            if (!TryReadTime(record, attributes, out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var shared = new ImportedEvent
            {
                EventType = HookEventType.UserPromptSubmit,
                SessionId = SessionOf(attributes) ?? "",
                SourceApp = attributes.Text("service.name") ?? "claude-code",
                AgentId = attributes.Text("agent_id"),
                PromptId = attributes.Text("prompt.id") ?? attributes.Text("prompt_id"),
                UtcTicks = ticks,
                ToolName = attributes.Text("tool_name") ?? attributes.Text("function_name"),
                ToolUseId = attributes.Text("tool_use_id") ?? attributes.Text("call_id") ?? Numbered(record, attributes),
            };
            if (name == "user_prompt")
                AddPrompt(shared, attributes.Text("prompt"), receiver);
            else if (IsRefused(attributes))
                AddDenial(shared, attributes, receiver);
            else if (name is "tool_result" or "tool_call")
                AddCall(shared, attributes, receiver);
        }

        private static void AddPrompt(ImportedEvent prompt, string? text, IEventReceiver receiver)
        {
            if (text is null || !TypedPrompt.IsOfProgram(text))
                receiver.Add(prompt with { Text = text, EventId = prompt.ToolUseId, ToolUseId = null });
        }

        private static string? SessionOf(OpenTelemetryAttributes attributes) =>
            attributes.Text("session.id") ?? attributes.Text("conversation.id");

        private static bool IsRefused(OpenTelemetryAttributes attributes) =>
            attributes.Text("decision") is "reject" or "denied" or "abort" or "timed_out";

        // Calls without ids: the events of a session are counted, or else a record is told by what it says. A batch that is delivered twice
        // says the same.
        private static string Numbered(JsonSlice record, OpenTelemetryAttributes attributes) =>
            attributes.Text("event.sequence") is { } sequence
                ? $"event.{sequence}"
                : $"record.{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(record.Json())).AsSpan(0, 8))}.0";

        // Only the end of a call is logged; its start is the end less the duration.
        private static void AddCall(ImportedEvent end, OpenTelemetryAttributes attributes, IEventReceiver receiver)
        {
            var duration = attributes.Number("duration_ms");
            receiver.Add(
                end with
                {
                    EventType = HookEventType.PreToolUse,
                    UtcTicks = end.UtcTicks - (duration ?? 0) * TimeSpan.TicksPerMillisecond,
                    ToolInput = attributes.ToolInput(),
                }
            );
            receiver.Add(
                end with
                {
                    EventType = attributes.Text("success") == "false" ? HookEventType.PostToolUseFailure : HookEventType.PostToolUse,
                    DurationMs = duration,
                    Text = attributes.Text("error"),
                }
            );
        }

        private static void AddDenial(ImportedEvent end, OpenTelemetryAttributes attributes, IEventReceiver receiver)
        {
            receiver.Add(end with { EventType = HookEventType.PreToolUse, ToolInput = attributes.ToolInput() });
            receiver.Add(end with { EventType = HookEventType.PermissionDenied });
        }

        private static bool TryReadTime(JsonSlice record, OpenTelemetryAttributes attributes, out long? utcTicks)
        {
            if (attributes.Text("event.timestamp") is not null)
                return attributes.Element("event.timestamp").TryInstant(out utcTicks);

            utcTicks = null;
            foreach (var name in (ReadOnlySpan<string>)["timeUnixNano", "observedTimeUnixNano"])
            {
                if (
                    long.TryParse(record.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
                    && nanoseconds > 0
                )
                {
                    utcTicks = DateTime.UnixEpoch.Ticks + nanoseconds / 100;
                    return true;
                }
            }

            return false;
        }
    }
}
