using System.Text.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The text of a message's content, which is a text or a list of blocks.</summary>
internal static class ContentText
{
    /// <summary>The first text; null when there is none.</summary>
    public static string? First(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array
            ? content.EnumerateArray().Select(block => block.Text("text")).FirstOrDefault(text => text is not null)
            : content.Text();

    /// <summary>All texts, in their order.</summary>
    public static string? All(JsonElement content) =>
        content.ValueKind == JsonValueKind.Array
            ? string.Join('\n', content.EnumerateArray().Select(block => block.Text("text")).OfType<string>())
            : content.Text();
}
