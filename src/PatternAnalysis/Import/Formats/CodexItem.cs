using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Import.Formats;

/// <summary>Reads the items of Codex's logs: what a call is named and given, and how the display log says that it ended.</summary>
internal static class CodexItem
{
    /// <summary>How the types of calls end.</summary>
    public const string CallSuffix = "_call";

    /// <summary>Whether the model's server makes the call: it is told of when it is done, and its answer stands nowhere.</summary>
    public static bool IsMadeByServer(string type) => type is "web_search_call" or "image_generation_call";

    /// <summary>The tool. Two servers may have a tool of the same name; the namespace is the server's.</summary>
    public static string NameOf(JsonSlice item, string type)
    {
        var name =
            item.Text("name")
            ?? type switch
            {
                "local_shell_call" => "shell",
                _ => type[..^CallSuffix.Length],
            };
        return item.Text("namespace") is { } space ? $"{space.TrimEnd('_')}__{name}" : name;
    }

    /// <summary>
    /// What a tool is asked for. The arguments of a function are JSON, in a string or as they are; those of a freeform tool are a text of
    /// their own.
    /// </summary>
    public static JsonSlice InputOf(JsonSlice item) =>
        item.Field("action") is { Kind: JsonValueKind.Object } action ? action
        : item.Field("arguments") is { Kind: JsonValueKind.Object } json ? json
        : item.Text("arguments") is { } arguments ? JsonFields.ParseObject(arguments)
        : item.Text("input") is { } input && PatchText.IsPatch(input) ? JsonFields.ObjectOf("command", input)
        : default;

    /// <summary>The event that the end of a call stands for.</summary>
    public static string EndOf(JsonSlice end)
    {
        var result = end.Field("result");
        return end.Text("status") is "declined" or "rejected" ? HookEventType.PermissionDenied
            : end.Text("status") is "failed" or "error" ? HookEventType.PostToolUseFailure
            : end.Field("exit_code").TryNumber(out var code) && code != 0 ? HookEventType.PostToolUseFailure
            : end.Field("success").Kind == JsonValueKind.False ? HookEventType.PostToolUseFailure
            : result.Field("Err").Kind != JsonValueKind.Undefined
                ? CodexResult.EventType(result.Field("Err")) is HookEventType.PermissionDenied ? HookEventType.PermissionDenied
                    : HookEventType.PostToolUseFailure
            : result.Field("Ok").IsTrue("is_error") || result.Field("Ok").IsTrue("isError") ? HookEventType.PostToolUseFailure
            : HookEventType.PostToolUse;
    }

    /// <summary>A command, as a text or as a list of words.</summary>
    public static string? CommandOf(JsonSlice command) =>
        command.Kind == JsonValueKind.Array ? string.Join(' ', command.Items().Select(word => word.Text())) : command.Text();

    /// <summary>Rust's <c>Duration</c>, <c>{secs, nanos}</c>, in milliseconds.</summary>
    public static long? DurationOf(JsonSlice duration) =>
        duration.Number("secs") is { } seconds ? seconds * 1000 + (duration.Number("nanos") ?? 0) / 1_000_000 : null;
}
