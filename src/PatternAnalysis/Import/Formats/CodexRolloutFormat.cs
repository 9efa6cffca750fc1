using System.Text.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The rollouts of Codex CLI below <c>~/.codex/sessions</c>: lines of <c>{timestamp, type, payload}</c>.</summary>
internal sealed class CodexRolloutFormat : IEventFormat
{
    public string Name => "CodexRollout";

    public bool Recognizes(JsonElement value) =>
        value.Text("type") is "session_meta" or "turn_context" or "response_item" or "event_msg"
        && value.Field("payload").ValueKind == JsonValueKind.Object;

    // The decoder counts what is none.
    public bool MayHold(JsonElement value) => true;

    public IEventDecoder StartFile(string path) => new CodexRolloutDecoder(path);
}
