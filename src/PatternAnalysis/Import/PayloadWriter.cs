using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Import;

/// <summary>
/// Writes what is known of an event, beyond the columns of its row, as one JSON object with the names that Claude Code's hooks use.
/// </summary>
/// <param name="mode">How much of it.</param>
/// <param name="masks">Whether secrets are masked; not for what is only hashed.</param>
internal sealed class PayloadWriter(PayloadMode mode, bool masks)
{
    private const int LongestError = 500;

    // What names, folders and the danger check are read from: as ToolUseReader knows them.
    private static readonly string[] s_commandFields =
    [
        "command",
        "cmd",
        "chars",
        "workdir",
        "skill",
        "subagent_type",
        "file_path",
        "notebook_path",
        "filePath",
        "absolute_path",
        "target_file",
    ];

    private static readonly string[] s_patchFields = ["input", "patch", "patchText", "patch_text"];

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(512);
    private (string? Folder, string Clean) _folder = (null, "");

    /// <summary>The object as text.</summary>
    public string Write(ImportedEvent hookEvent)
    {
        _buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_buffer, s_options))
        {
            writer.WriteStartObject();
            WriteName(writer, "session_id", hookEvent.SessionId);
            WriteName(writer, "hook_event_name", hookEvent.EventType);
            WriteName(writer, "tool_name", hookEvent.ToolName);
            WriteName(writer, "tool_use_id", hookEvent.ToolUseId);
            WriteName(writer, "agent_id", hookEvent.AgentId);
            WriteName(writer, "prompt_id", hookEvent.PromptId);
            WriteName(writer, "message_id", hookEvent.MessageId);
            if (hookEvent.DurationMs is { } duration)
                writer.WriteNumber("duration_ms", duration);
            if (mode != PayloadMode.None)
                WriteContent(writer, hookEvent);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    private void WriteContent(Utf8JsonWriter writer, ImportedEvent hookEvent)
    {
        if (hookEvent.WorkingDirectory is { } directory)
            writer.WriteString("cwd", CleanFolder(directory));
        if (mode is PayloadMode.Full or PayloadMode.Unmasked && hookEvent.Text is { } text)
        {
            if (hookEvent.EventType == HookEventType.UserPromptSubmit)
                writer.WriteString("prompt", Clean(text));
            else
                writer.WriteString("error", masks ? SecretMasker.Mask(WithoutNul(text), LongestError) : WithoutNul(text));
        }

        if (hookEvent.ToolInput.Kind != JsonValueKind.Object)
            return;

        // A patch is the command of the tool that takes it, whatever a version calls its field.
        var patch =
            mode == PayloadMode.Command && hookEvent.ToolInput.Field("command").Kind == JsonValueKind.Undefined
                ? PatchOf(hookEvent.ToolInput)
                : null;
        writer.WriteStartObject("tool_input");
        if (patch is not null)
            writer.WriteString("command", WithoutChanges(patch));
        foreach (var field in hookEvent.ToolInput.Fields())
        {
            if (mode == PayloadMode.Command && field.Name is "command" or "cmd")
                CopyCommand(writer, field.Name, field.Value);
            else if (s_commandFields.Contains(field.Name))
                CopyNamed(writer, field.Name, field.Value);
            else if (mode is PayloadMode.Full or PayloadMode.Unmasked)
                CopyField(writer, field);
        }

        writer.WriteEndObject();
    }

    private static string? PatchOf(JsonSlice input) =>
        Array.ConvertAll(s_patchFields, input.Text).FirstOrDefault(text => text is not null && PatchText.IsPatch(text));

    // As a text or as a list of words. What a patch changes is a file's content, and no name or verdict needs it.
    private void CopyCommand(Utf8JsonWriter writer, string name, JsonSlice command)
    {
        writer.WritePropertyName(name);
        if (command.Kind == JsonValueKind.String)
        {
            writer.WriteStringValue(WithoutChanges(command.AnyText()!));
        }
        else if (command.Kind == JsonValueKind.Array && command.Items().All(word => word.Kind == JsonValueKind.String))
        {
            writer.WriteStartArray();
            foreach (var word in command.Items())
                writer.WriteStringValue(WithoutChanges(word.AnyText()!));
            writer.WriteEndArray();
        }
        else
        {
            Copy(writer, command);
        }
    }

    private string WithoutChanges(string text) =>
        Clean(PatchText.IsPatch(text) ? PatchText.HeadersOf(text) : PatchText.WithoutChanges(text));

    private void CopyField(Utf8JsonWriter writer, (string Name, JsonSlice Value) field)
    {
        var name = WithoutNul(field.Name);
        if (masks && field.Value.Kind == JsonValueKind.String)
            writer.WriteString(name, SecretMasker.MaskField(name, WithoutNul(field.Value.AnyText()!)));
        else if (masks && field.Value.Kind is JsonValueKind.Array or JsonValueKind.Object && SecretMasker.IsSecretName(name))
            writer.WriteString(name, SecretMasker.Mark);
        else
            CopyNamed(writer, name, field.Value);
    }

    private void CopyNamed(Utf8JsonWriter writer, string name, JsonSlice value)
    {
        writer.WritePropertyName(name);
        Copy(writer, value);
    }

    private void Copy(Utf8JsonWriter writer, JsonSlice value)
    {
        switch (value.Kind)
        {
            case JsonValueKind.String:
                writer.WriteStringValue(Clean(value.AnyText()!));
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var field in value.Fields())
                    CopyField(writer, field);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.Items())
                    Copy(writer, item);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteRawValue(value.Raw, skipInputValidation: true);
                break;
        }
    }

    // Names and ids are no place for secrets, and masking could make two of them one.
    private static void WriteName(Utf8JsonWriter writer, string field, string? name)
    {
        if (!string.IsNullOrEmpty(name))
            writer.WriteString(field, WithoutNul(name));
    }

    // The folder is mostly that of the event before, and masking costs more than all the rest.
    private string CleanFolder(string folder)
    {
        if (_folder.Folder != folder)
            _folder = (folder, Clean(folder));
        return _folder.Clean;
    }

    private string Clean(string text) => masks ? SecretMasker.Mask(WithoutNul(text)) : WithoutNul(text);

    /// <summary>PostgreSQL has no place for NUL in a text.</summary>
    internal static string WithoutNul(string text) => text.Replace('\0', '\uFFFD');
}
