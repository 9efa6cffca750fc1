using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The transcripts below <c>~/.claude/projects</c>, and what <c>claude -p --output-format stream-json</c> prints. Their form is internal to
/// Claude Code and changes with its versions, so only what all versions share is relied on: a record's type, time and session, and the
/// content blocks of the model's API.
/// </summary>
internal sealed class ClaudeTranscriptFormat : IEventFormat
{
    public string Name => "ClaudeTranscript";

    public bool Recognizes(JsonSlice value) =>
        (value.Text("type") is "user" or "assistant" && HasContent(value.Field("message")) && IsEnvelope(value))
        || (value.Text("type") == "progress" && HasContent(value.Field("data").Field("message").Field("message")) && IsEnvelope(value));

    // Titles, snapshots, marks of queues: records of many types stand between the messages.
    public bool MayHold(JsonSlice value) => value.Text("type") is not null;

    public IEventDecoder StartFile(string path) => new ClaudeTranscriptDecoder(path);

    // Others use the same envelope around messages of other APIs, which have parts.
    private static bool HasContent(JsonSlice message) => message.Field("content").Kind is JsonValueKind.Array or JsonValueKind.String;

    private static bool IsEnvelope(JsonSlice value) =>
        value.Text("sessionId") is not null
        || value.Text("session_id") is not null
        || value.Text("uuid") is not null
        || value.Field("isSidechain").Kind != JsonValueKind.Undefined;
}
