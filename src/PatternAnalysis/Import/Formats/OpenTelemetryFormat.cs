using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Logs in OTLP's JSON encoding (<c>resourceLogs</c>), as the collector's file exporter writes them, with Claude Code's events
/// <c>tool_result</c>, <c>tool_decision</c> and <c>user_prompt</c>.
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
            name = name is not null && name.StartsWith("claude_code.", StringComparison.Ordinal) ? name["claude_code.".Length..] : name;
            if (name is not ("tool_result" or "tool_decision" or "user_prompt"))
                return;
            if (!TryReadTime(record, attributes, out var ticks))
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var shared = new ImportedEvent
            {
                EventType = HookEventType.UserPromptSubmit,
                SessionId = attributes.Text("session.id") ?? "",
                SourceApp = attributes.Text("service.name") ?? "claude-code",
                AgentId = attributes.Text("agent_id"),
                PromptId = attributes.Text("prompt.id"),
                UtcTicks = ticks,
                ToolName = attributes.Text("tool_name"),
                ToolUseId = attributes.Text("tool_use_id") ?? Numbered(attributes),
            };
            if (name == "user_prompt")
                AddPrompt(shared, attributes.Text("prompt"), receiver);
            else if (name == "tool_result")
                AddCall(shared, attributes, receiver);
            else if (attributes.Text("decision") == "reject")
                AddDenial(shared, attributes, receiver);
        }

        private static void AddPrompt(ImportedEvent prompt, string? text, IEventReceiver receiver)
        {
            if (text is null || !TypedPrompt.IsOfProgram(text))
                receiver.Add(prompt with { Text = text });
        }

        // Before April 2026 calls had no ids. The events of a session are counted, and a batch that is delivered twice counts the same.
        private static string? Numbered(OpenTelemetryAttributes attributes) =>
            attributes.Text("event.sequence") is { } sequence ? $"event.{sequence}" : null;

        // Only the end of a call is logged; its start lies a duration before.
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
