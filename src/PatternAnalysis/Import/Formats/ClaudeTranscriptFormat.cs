using System.Text.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The transcripts below <c>~/.claude/projects</c>. Their form is internal to Claude Code and changes with its versions, so only what all
/// versions
/// share is relied on: a record's type, time and session, and the content blocks of the model's API.
/// </summary>
internal sealed class ClaudeTranscriptFormat : IEventFormat
{
    public string Name => "ClaudeTranscript";

    public bool Recognizes(JsonElement value) =>
        value.Text("type") is "user" or "assistant"
        && value.Field("message").ValueKind == JsonValueKind.Object
        && (
            value.Text("sessionId") is not null
            || value.Text("uuid") is not null
            || value.Field("isSidechain").ValueKind != JsonValueKind.Undefined
        );

    public IEventDecoder StartFile(string path) => new ClaudeTranscriptDecoder(path);
}
