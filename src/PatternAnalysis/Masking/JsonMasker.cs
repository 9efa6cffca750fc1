using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatternAnalysis.Masking;

/// <summary>Masks the texts of a JSON document, also by the names of its fields. What is no JSON is masked as a text.</summary>
public static class JsonMasker
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Names and ids are no place for secrets, and masking could make two of them one.
    private static readonly string[] s_ids =
    [
        "session_id",
        "event_id",
        "hook_event_name",
        "event_type",
        "tool_name",
        "tool_use_id",
        "agent_id",
        "prompt_id",
        "message_id",
        "turn_id",
    ];

    /// <summary>The masked document; the same instance when there was nothing to mask.</summary>
    /// <param name="json">The document, or any text.</param>
    public static string Mask(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var buffer = new ArrayBufferWriter<byte>(json.Length);
            var changed = false;
            using (var writer = new Utf8JsonWriter(buffer, s_options))
                Write(writer, document.RootElement, ref changed);
            return changed ? Encoding.UTF8.GetString(buffer.WrittenSpan) : json;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return SecretMasker.Mask(json);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, ref bool changed)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                WriteText(writer, value, SecretMasker.Mask(value.GetString()!), ref changed);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item, ref changed);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                    WriteField(writer, field, ref changed);
                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteField(Utf8JsonWriter writer, JsonProperty field, ref bool changed)
    {
        writer.WritePropertyName(field.Name);
        if (s_ids.Contains(field.Name))
            field.Value.WriteTo(writer);
        else if (field.Value.ValueKind == JsonValueKind.String)
            WriteText(writer, field.Value, SecretMasker.MaskField(field.Name, field.Value.GetString()!), ref changed);
        else if (field.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object && SecretMasker.IsSecretName(field.Name))
        {
            writer.WriteStringValue(SecretMasker.Mark);
            changed = true;
        }
        else
            Write(writer, field.Value, ref changed);
    }

    private static void WriteText(Utf8JsonWriter writer, JsonElement value, string masked, ref bool changed)
    {
        changed |= !value.ValueEquals(masked);
        writer.WriteStringValue(masked);
    }
}
