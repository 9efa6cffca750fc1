using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The records of Codex's first rollouts, which have no envelope and, but for the first, no time.</summary>
internal static class CodexBareRecord
{
    /// <summary>Whether a value can only be one.</summary>
    public static bool Is(JsonSlice value) => IsMeta(value) || IsCall(value) || IsWhole(value);

    /// <summary>Whether it names the session: <c>{id, timestamp, instructions}</c>.</summary>
    public static bool IsMeta(JsonSlice value) =>
        value.Text("id") is not null
        && value.Text("timestamp") is not null
        && value.Field("instructions").Kind != JsonValueKind.Undefined
        && value.Field("type").Kind == JsonValueKind.Undefined;

    /// <summary>Whether it is a call or its result.</summary>
    public static bool IsCall(JsonSlice value) =>
        value.Text("call_id") is not null
        && value.Text("type") is "function_call" or "function_call_output" or "local_shell_call" or "local_shell_call_output";

    /// <summary>Whether it is a session in one object: <c>{session, items}</c>.</summary>
    public static bool IsWhole(JsonSlice value) => IsMeta(value.Field("session")) && value.Field("items").Kind == JsonValueKind.Array;

    /// <summary>Whether it can stand between calls: what was said and thought, and marks of a state.</summary>
    public static bool IsOther(JsonSlice value) => value.Text("type") is "message" or "reasoning" || value.Text("record_type") is not null;
}
