using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Options;

/// <summary>
/// The options of a run as the store keeps them, so that what looks back does as the run did: <c>{"version": 1, "options": {"MinLift": 1,
/// ...}}</c>, every option with its value, also where that is the default, because defaults change. Texts are masked.
/// </summary>
public static class StoredOptions
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter(), new WildcardConverter() },
    };

    /// <summary>Writes the options of some records, each option in one of them.</summary>
    public static string Write(params IEnumerable<object> records)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteStartObject("options");
            foreach (var (option, value) in records.SelectMany(OptionCatalogue.ValuesOf))
            {
                writer.WritePropertyName(option.Name);
                WriteValue(writer, value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>
    /// Reads the options of a record; one that the run did not have yet has its default. Null when nothing was kept, or when it is not
    /// in a form that is known.
    /// </summary>
    public static TOptions? Read<TOptions>(string? json)
        where TOptions : class, new()
    {
        if (json is null)
            return null;

        try
        {
            if (
                JsonNode.Parse(json) is not JsonObject stored
                || (int?)stored["version"] != Version
                || stored["options"] is not JsonObject values
            )
                return null;
            return OptionCatalogue.Build<TOptions>(option =>
                values.TryGetPropertyValue(option.Name, out var value)
                    ? value.Deserialize(option.Property.PropertyType, s_json)
                    : option.DefaultValue
            );
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or PatternAnalysisException)
        {
            return null;
        }
    }

    // Every run writes, and the serializer would compile its converters for the type of each option before the first value.
    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case WildcardFilter filter:
                WriteValue(writer, filter.Wildcards);
                break;
            case IEnumerable values and not string:
                writer.WriteStartArray();
                foreach (var each in values)
                    WriteValue(writer, each);
                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(SecretMasker.Mask(TextOf(value)));
                break;
        }
    }

    private static string TextOf(object value) =>
        value switch
        {
            DateTimeOffset instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
            TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
            Enum or string => value.ToString()!,
            _ => throw new NotSupportedException($"An option's value can't be kept: {value.GetType()}."),
        };

    private sealed class WildcardConverter : JsonConverter<WildcardFilter>
    {
        public override WildcardFilter? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            WildcardFilter.Of(JsonSerializer.Deserialize<string[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, WildcardFilter value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Wildcards, options);
    }
}
