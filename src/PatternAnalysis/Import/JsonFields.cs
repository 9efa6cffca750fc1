using System.Text;
using System.Text.Json;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>Reads fields of JSON that may hold anything: what is missing or of another type is null, never an error.</summary>
internal static class JsonFields
{
    public static JsonElement Field(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) ? field : default;

    public static string? Text(this JsonElement value, string name) => value.Field(name).Text();

    public static string? Text(this JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    public static bool IsTrue(this JsonElement value, string name) => value.Field(name).ValueKind == JsonValueKind.True;

    public static long? Number(this JsonElement value, string name)
    {
        var field = value.Field(name);
        return field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var number) && number is >= 0 and < 1e15
            ? (long)number
            : null;
    }

    /// <summary>The elements of an array; none when the field is no array.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement value, string name) =>
        value.Field(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <summary>An object that stands as JSON in a text; nothing when the text is none.</summary>
    public static JsonElement ParseObject(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(
                Encoding.UTF8.GetBytes(text),
                new JsonReaderOptions { MaxDepth = JsonValueReader.MaximumDepth }
            );
            var value = JsonElement.ParseValue(ref reader);
            return value.ValueKind == JsonValueKind.Object ? value : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>An instant, as text or as Unix time.</summary>
    /// <returns>False when there is a value that is no instant.</returns>
    public static bool TryInstant(this JsonElement value, out long? utcTicks)
    {
        utcTicks = null;
        long ticks;
        switch (value.ValueKind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return true;
            case JsonValueKind.Number when value.TryGetDouble(out var number) && TimestampParser.TryFromUnix(number, out ticks):
                break;
            case JsonValueKind.String when TimestampParser.TryParse(Encoding.UTF8.GetBytes(value.GetString()!), out ticks):
                break;
            default:
                return false;
        }

        utcTicks = ticks;
        return true;
    }
}
