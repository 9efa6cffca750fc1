using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Rows of an event table as JSON: <c>hook_events.jsonl</c> of tac-webbuilder and of this product's spool
/// (event_id, event_type, session_id, timestamp, tool_name, payload).
/// </summary>
internal sealed class StoredEventFormat : IEventFormat
{
    public string Name => "HookEvents";

    public bool Recognizes(JsonSlice value) =>
        value.Text("event_type") is not null
        && (value.Text("session_id") is not null || value.Field("payload").Kind != JsonValueKind.Undefined);

    // Every line may be an event; the decoder counts those that are none.
    public bool MayHold(JsonSlice value) => true;

    public IEventDecoder StartFile(string path) => new Decoder();

    private sealed class Decoder : IEventDecoder
    {
        public void Decode(JsonSlice value, IEventReceiver receiver)
        {
            if (value.Text("event_type") is not { } type)
                receiver.Skip(SkipReason.NotAnEvent);
            else if (!value.Field("timestamp").TryInstant(out var ticks))
                receiver.Skip(SkipReason.UnreadableTimestamp);
            else
                receiver.Add(Read(value, type, ticks));
        }
    }

    private static ImportedEvent Read(JsonSlice row, string type, long? ticks)
    {
        var payload = new StoredPayload(row.Field("payload"));
        return payload.Event with
        {
            EventType = type,
            EventId = row.Text("event_id"),
            SessionId = row.Text("session_id") ?? payload.Event.SessionId,
            SourceApp = row.Text("source_app"),
            ToolName = row.Text("tool_name") ?? payload.Event.ToolName,
            UtcTicks = ticks,
        };
    }
}
