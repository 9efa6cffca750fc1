using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The text of a message's content, which is a text or a list of blocks.</summary>
internal static class ContentText
{
    /// <summary>The first text; null when there is none.</summary>
    public static string? First(JsonSlice content) =>
        content.Kind == JsonValueKind.Array
            ? content.Items().Select(block => block.Text("text")).FirstOrDefault(text => text is not null)
            : content.Text();

    /// <summary>All texts, in their order.</summary>
    public static string? All(JsonSlice content) =>
        content.Kind == JsonValueKind.Array
            ? string.Join('\n', content.Items().Select(block => block.Text("text")).OfType<string>())
            : content.Text();
}
