using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The rollouts of Codex CLI below <c>~/.codex/sessions</c>: lines of <c>{timestamp, type, payload}</c>. Those of the first versions (until
/// the summer of 2025) are the items alone, behind a line that names the session, or all in one object.
/// </summary>
internal sealed class CodexRolloutFormat : IEventFormat
{
    public string Name => "CodexRollout";

    public bool Recognizes(JsonSlice value) =>
        (
            value.Text("type") is "session_meta" or "turn_context" or "response_item" or "event_msg"
            && value.Field("payload").Kind == JsonValueKind.Object
        ) || CodexBareRecord.Is(value);

    // Every line may be an event; the decoder counts those that are none.
    public bool MayHold(JsonSlice value) => true;

    public IEventDecoder StartFile(string path) => StartFile(path, SessionParents.None);

    public IEventDecoder StartFile(string path, SessionParents parents) => new CodexRolloutDecoder(path, parents);
}
