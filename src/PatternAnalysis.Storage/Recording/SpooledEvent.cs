using System.Globalization;
using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Recording;

/// <summary>An event that waits to be stored, as JSON: its row, so that it becomes the same row later.</summary>
internal static class SpooledEvent
{
    public static string Write(NewHookEvent record)
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

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <returns>Null, or why it is no row: one of <see cref="SkipReason"/>.</returns>
    public static string? TryRead(ReadOnlyMemory<byte> utf8, out NewHookEvent? record)
    {
        record = null;
        try
        {
            using var json = JsonDocument.Parse(utf8);
            var row = json.RootElement;
            record = new NewHookEvent(
                row.GetProperty("event_id").GetString() ?? throw new JsonException(),
                row.GetProperty("event_type").GetString() ?? throw new JsonException(),
                row.GetProperty("session_id").GetString() ?? throw new JsonException(),
                row.GetProperty("source_app").GetString(),
                row.GetProperty("timestamp").GetDateTime().ToUniversalTime(),
                row.GetProperty("tool_name").GetString(),
                row.GetProperty("payload").GetRawText()
            );
            return null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return SkipReason.Malformed;
        }
    }
}
