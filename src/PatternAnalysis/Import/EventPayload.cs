using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatternAnalysis.Import;

/// <summary>Writes what is known of an event, beyond the columns of its row, as one JSON object with the names that Claude Code's hooks use.</summary>
internal static class EventPayload
{
    private const int LongestError = 500;

    private static readonly string[] s_commandFields =
        ["command", "cmd", "file_path", "notebook_path", "filePath", "absolute_path", "target_file"];

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Compose(HookEvent hookEvent, PayloadMode mode)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartObject();
            WriteText(writer, "session_id", hookEvent.SessionId);
            WriteText(writer, "hook_event_name", hookEvent.EventType);
            WriteText(writer, "tool_name", hookEvent.ToolName);
            WriteText(writer, "tool_use_id", hookEvent.ToolUseId);
            WriteText(writer, "agent_id", hookEvent.AgentId);
            WriteText(writer, "prompt_id", hookEvent.PromptId);
            WriteText(writer, "message_id", hookEvent.MessageId);
            if (hookEvent.DurationMs is { } duration)
                writer.WriteNumber("duration_ms", duration);
            if (mode != PayloadMode.None)
                WriteContent(writer, hookEvent, mode);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteContent(Utf8JsonWriter writer, HookEvent hookEvent, PayloadMode mode)
    {
        WriteText(writer, "cwd", hookEvent.WorkingDirectory);
        if (mode == PayloadMode.Full && hookEvent.Text is { } text)
        {
            var isPrompt = hookEvent.EventType == HookEvent.UserPromptSubmit;
            WriteText(writer, isPrompt ? "prompt" : "error", isPrompt || text.Length <= LongestError ? text : text[..LongestError]);
        }

        if (hookEvent.ToolInput.ValueKind != JsonValueKind.Object)
            return;

        writer.WriteStartObject("tool_input");
        foreach (var field in hookEvent.ToolInput.EnumerateObject())
        {
            if (mode == PayloadMode.Command && !s_commandFields.Contains(field.Name))
                continue;
            writer.WritePropertyName(PayloadText.Clean(field.Name));
            Copy(writer, field.Value);
        }

        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                writer.WriteStringValue(PayloadText.Clean(value.GetString()!));
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.EnumerateObject())
                {
                    writer.WritePropertyName(PayloadText.Clean(field.Name));
                    Copy(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Copy(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
            writer.WriteString(name, PayloadText.Clean(text));
    }
}
