using System.Text;
using System.Text.Json;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Payloads;

/// <summary>
/// Reads a hook event's payload once, straight from its bytes: the hook's whole JSON with a nested <c>tool_input</c>, or the
/// tool's input alone. A payload that is no JSON object, or is nested too deeply, is read as one that says nothing.
/// </summary>
public static class ToolUseReader
{
    private const int MaximumDepth = 64;

    /// <summary>Reads a payload. Never throws on its content.</summary>
    /// <param name="toolName">The tool's name as the event gives it.</param>
    /// <param name="payloadUtf8">The payload, empty when the event has none.</param>
    public static ToolUse Read(string toolName, ReadOnlySpan<byte> payloadUtf8) => Read(toolName, payloadUtf8, out _);

    /// <summary>Reads a payload, and from the same reading what stands around the call.</summary>
    internal static ToolUse Read(string toolName, ReadOnlySpan<byte> payloadUtf8, out CallEnvelope call)
    {
        ArgumentNullException.ThrowIfNull(toolName);
        var input = new Fields();
        var envelope = new Fields();
        call = default;
        try
        {
            ReadObject(payloadUtf8, envelope, input, ref call);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            call = CallEnvelope.Read(payloadUtf8);

            // InvalidOperationException is a string that is not Unicode. Half of a payload proves nothing, so none of it counts.
            return new ToolUse(toolName, HasPayload: true, Command: null, FilePath: null, ToolUseId: null);
        }

        if (!call.HasId || !CallEnvelope.NamesId(payloadUtf8))
            call = default; // the same as of an event whose payload is read for these alone
        var (command, file, furtherFiles) = (input.Command ?? envelope.Command, input.FilePath ?? envelope.FilePath, (string?)null);
        if (PatchText.IsTool(toolName) && command is { } patch && PatchText.IsPatch(patch))
        {
            (command, var files) = PatchText.Read(patch);
            (file, furtherFiles) = (files.Count > 0 ? files[0] : null, files.Count > 1 ? string.Join('\n', files.Skip(1)) : null);
        }
        else if (command is not null && ShellTool.DialectOf(toolName) == ShellDialect.Posix)
            command = PatchText.WithRemovals(command);
        return new ToolUse(
            toolName,
            HasPayload: input.SaysSomething || envelope.SaysSomething,
            command,
            file,
            envelope.ToolUseId ?? input.ToolUseId
        )
        {
            Subject = input.Subject ?? envelope.Subject,
            FurtherFiles = furtherFiles,
            Folder = envelope.Folder ?? input.Folder,
            Input = input.Input ?? envelope.Input,
        };
    }

    private static void ReadObject(ReadOnlySpan<byte> json, Fields envelope, Fields? input, ref CallEnvelope call)
    {
        if (json.IsEmpty)
            return;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaximumDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            // There is a value, though not of a kind that is understood.
            envelope.SaysSomething = true;
            return;
        }

        ReadProperties(ref reader, json, envelope, input, ref call);

        // What follows the object would be another text; a reader that stopped here would not see that the JSON is broken.
        while (reader.Read()) { }
    }

    // Only the outermost object has an input, and an envelope.
    private static void ReadProperties(
        scoped ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        Fields fields,
        Fields? input,
        ref CallEnvelope call
    )
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isEnvelope = input is not null && IsEnvelope(ref reader);
            fields.SaysSomething |= !isEnvelope;
            var isCallId = reader.ValueTextEquals("tool_use_id"u8) || reader.ValueTextEquals("call_id"u8);
            if (input is not null && IsInput(ref reader))
                ReadInput(ref reader, json, input, ref call);
            else if (input is not null && call.Take(ref reader, json))
                fields.ToolUseId = isCallId && reader.TokenType == JsonTokenType.String ? reader.GetString() : fields.ToolUseId;
            else if (reader.ValueTextEquals("command"u8) || reader.ValueTextEquals("cmd"u8))
                fields.Command = ReadCommand(ref reader) ?? fields.Command;
            else if (IsPatch(ref reader))
                fields.Command ??= ReadText(ref reader) is { } text && PatchText.IsPatch(text) ? text : null;
            else if (IsFilePath(ref reader))
                fields.FilePath = ReadText(ref reader) ?? fields.FilePath;
            else if (isCallId)
                fields.ToolUseId = ReadText(ref reader) ?? fields.ToolUseId;
            else if (reader.ValueTextEquals("cwd"u8) || reader.ValueTextEquals("workdir"u8))
                fields.Folder = ReadText(ref reader) ?? fields.Folder;
            else if (reader.ValueTextEquals("skill"u8) || reader.ValueTextEquals("subagent_type"u8))
                fields.Subject = ReadText(ref reader) ?? fields.Subject;
            else if (reader.ValueTextEquals("chars"u8))
                fields.Input = ReadText(ref reader) ?? fields.Input;
            else
                reader.Skip();
        }
    }

    // What a hook says of every event, whatever the tool was given.
    private static bool IsEnvelope(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("session_id"u8)
        || reader.ValueTextEquals("hook_event_name"u8)
        || reader.ValueTextEquals("tool_name"u8)
        || reader.ValueTextEquals("tool_use_id"u8)
        || reader.ValueTextEquals("cwd"u8)
        || reader.ValueTextEquals("transcript_path"u8)
        || reader.ValueTextEquals("permission_mode"u8)
        || reader.ValueTextEquals("prompt_id"u8)
        || reader.ValueTextEquals("timestamp"u8)
        || reader.ValueTextEquals("agent_id"u8)
        || reader.ValueTextEquals("agent_type"u8);

    private static bool IsInput(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("tool_input"u8)
        || reader.ValueTextEquals("input"u8)
        || reader.ValueTextEquals("arguments"u8)
        || reader.ValueTextEquals("args"u8)
        || reader.ValueTextEquals("toolArgs"u8);

    // Versions of apply_patch differ in the name of what they take.
    private static bool IsPatch(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("patch"u8) || reader.ValueTextEquals("patchText"u8) || reader.ValueTextEquals("patch_text"u8);

    private static bool IsFilePath(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("file_path"u8)
        || reader.ValueTextEquals("notebook_path"u8)
        || reader.ValueTextEquals("filePath"u8)
        || reader.ValueTextEquals("absolute_path"u8)
        || reader.ValueTextEquals("target_file"u8);

    private static void ReadInput(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, Fields input, ref CallEnvelope call)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadProperties(ref reader, json, input, input: null, ref call);
        else if (reader.TokenType == JsonTokenType.String && reader.GetString() is ['{', ..] text)
            ReadObject(Encoding.UTF8.GetBytes(text), input, input: null, ref call);
        else
            reader.Skip();
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        reader.Skip();
        return null;
    }

    private static string? ReadCommand(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
            return reader.GetString();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        var words = new List<string>();
        var isText = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
                words.Add(Quote(reader.GetString()!));
            else
                isText = false;
            reader.Skip();
        }

        return isText ? string.Join(' ', words) : null;
    }

    // An argument list reaches its program as it is: quoted, the shell reader gets the same words from the text.
    private static string Quote(string word) =>
        word.Length > 0
        && word.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '/' or '=' or ':' or ',')
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private sealed class Fields
    {
        public bool SaysSomething { get; set; }

        public string? Command { get; set; }

        public string? FilePath { get; set; }

        public string? ToolUseId { get; set; }

        public string? Subject { get; set; }

        public string? Folder { get; set; }

        public string? Input { get; set; }
    }
}
