using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Traces in OTLP's JSON encoding (<c>resourceSpans</c>) with the spans <c>execute_tool</c> of OpenTelemetry's conventions for generative
/// AI. A span without a conversation belongs to its trace.
/// </summary>
internal sealed class OpenTelemetrySpanFormat : IEventFormat
{
    public string Name => "OpenTelemetrySpans";

    public bool Recognizes(JsonSlice value) => value.Field("resourceSpans").Kind == JsonValueKind.Array;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        private const int Error = 2;

        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            foreach (var resource in value.Items("resourceSpans"))
            {
                var shared = new OpenTelemetryAttributes(resource.Field("resource"));
                foreach (var span in resource.Items("scopeSpans").SelectMany(scope => scope.Items("spans")))
                    AddCall(span, new OpenTelemetryAttributes(span, shared), receiver);
            }
        }

        private static void AddCall(JsonSlice span, OpenTelemetryAttributes attributes, IEventReceiver receiver)
        {
            if (attributes.Text("gen_ai.operation.name") != "execute_tool")
                return;
            if (Instant(span, "startTimeUnixNano") is not { } start)
            {
                receiver.Skip(SkipReason.UnreadableTimestamp);
                return;
            }

            var call = new ImportedEvent
            {
                EventType = HookEventType.PreToolUse,
                SessionId = attributes.Text("gen_ai.conversation.id") ?? attributes.Text("session.id") ?? span.Text("traceId") ?? "",
                SourceApp = attributes.Text("service.name"),
                AgentId = attributes.Text("gen_ai.agent.id"),
                UtcTicks = start,
                ToolName = attributes.Text("gen_ai.tool.name"),
                ToolUseId = attributes.Text("gen_ai.tool.call.id") ?? span.Text("spanId"),
                ToolInput = attributes.Text("gen_ai.tool.call.arguments") is { } arguments ? JsonFields.ParseObject(arguments) : default,
            };
            receiver.Add(call);
            if (Instant(span, "endTimeUnixNano") is not { } end || end < start)
                return;

            var failed = attributes.Text("error.type") is not null || IsError(span.Field("status").Field("code"));
            receiver.Add(
                call with
                {
                    EventType = failed ? HookEventType.PostToolUseFailure : HookEventType.PostToolUse,
                    UtcTicks = end,
                    ToolInput = default,
                    Text = failed ? span.Field("status").Text("message") ?? attributes.Text("error.type") : null,
                    DurationMs = (end - start) / TimeSpan.TicksPerMillisecond,
                }
            );
            if (call.ToolUseId is { } id)
                receiver.Add((call with { UtcTicks = end }).ResultOf(id, attributes.Text("gen_ai.tool.call.result")));
        }

        private static bool IsError(JsonSlice code) =>
            code.Text() == "STATUS_CODE_ERROR" || (code.TryNumber(out var number) && number == Error);

        private static long? Instant(JsonSlice span, string field) =>
            long.TryParse(
                span.Field(field) is { Kind: JsonValueKind.Number } number ? number.Json() : span.Text(field),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var nanoseconds
            )
            && nanoseconds > 0
                ? DateTime.UnixEpoch.Ticks + nanoseconds / 100
                : null;
    }
}
