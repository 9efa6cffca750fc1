using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>Reads what JSON has no form of its own for.</summary>
internal static class JsonFields
{
    /// <summary>The value, or another where it is missing or null.</summary>
    public static JsonSlice Or(this JsonSlice value, JsonSlice other) =>
        value.Kind is JsonValueKind.Undefined or JsonValueKind.Null ? other : value;

    /// <summary>An object that stands as JSON in a text; undefined when the text is none.</summary>
    public static JsonSlice ParseObject(string text)
    {
        var index = new JsonIndex();
        return index.Read(Encoding.UTF8.GetBytes(text)) is null && index.Root.Kind == JsonValueKind.Object ? index.Root : default;
    }

    /// <summary>An object of one text.</summary>
    public static JsonSlice ObjectOf(string name, string? text) => ObjectOf([new(name, text)]);

    /// <summary>An object of texts.</summary>
    public static JsonSlice ObjectOf(IEnumerable<KeyValuePair<string, string?>> texts) =>
        ParseObject(JsonSerializer.Serialize(texts.ToDictionary(text => text.Key, text => text.Value)));

    /// <summary>An instant, as text or as Unix time.</summary>
    /// <returns>False when there is a value that is no instant.</returns>
    public static bool TryInstant(this JsonSlice value, out long? utcTicks)
    {
        utcTicks = null;
        long ticks;
        switch (value.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return true;
            case JsonValueKind.Number when value.TryNumber(out var number) && TimestampParser.TryFromUnix(number, out ticks):
                break;
            case JsonValueKind.String when TimestampParser.TryParse(Encoding.UTF8.GetBytes(value.AnyText()!), out ticks):
                break;
            default:
                return false;
        }

        utcTicks = ticks;
        return true;
    }
}
