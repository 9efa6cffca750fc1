using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>Reads the content blocks of messages of Claude's API.</summary>
internal static class ClaudeBlock
{
    /// <summary>Whether it calls a tool: the agent's, the API server's own, or one of a server that the API asks.</summary>
    public static bool IsCall(JsonSlice block) => block.Text("type") is { } type && type.EndsWith("tool_use", StringComparison.Ordinal);

    /// <summary>Whether the answer of one of the API's own tools is an error, which what it answers tells.</summary>
    public static bool IsServerError(JsonSlice block)
    {
        var content = block.Field("content");
        return block.IsTrue("is_error") || IsError(content) || content.Items().Any(IsError);
    }

    private static bool IsError(JsonSlice answer) =>
        answer.Text("error_code") is not null
        || (answer.Field("return_code").TryNumber(out var code) && code != 0)
        || (answer.Text("type") is { } type && type.EndsWith("_error", StringComparison.Ordinal));

    /// <summary>All texts and addresses of an answer.</summary>
    public static string AllTextOf(JsonSlice blocks) =>
        string.Join('\n', blocks.Items().Select(block => block.Text("text") ?? block.Text("url")));

    /// <summary>The first text of a content; null when there is none.</summary>
    public static string? TextOf(JsonSlice content) =>
        content.Kind switch
        {
            JsonValueKind.String => content.Text(),
            JsonValueKind.Array => content.Items().Select(block => block.Text("text")).FirstOrDefault(text => text is not null),
            _ => null,
        };
}
