using System.Globalization;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Recording;

/// <summary>An event that waits to be stored, as JSON: its row, so that it becomes the same row later.</summary>
internal static class SpooledEvent
{
    public static string Write(HookEventRecord record)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event_id", record.EventId);
            json.WriteString("event_type", record.EventType);
            json.WriteString("source_app", record.SourceApp);
            json.WriteString("session_id", record.SessionId);
            json.WriteString("timestamp", record.Timestamp.ToString("O", CultureInfo.InvariantCulture));
            json.WriteString("tool_name", record.ToolName);
            json.WritePropertyName("payload");
            json.WriteRawValue(record.Payload);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
