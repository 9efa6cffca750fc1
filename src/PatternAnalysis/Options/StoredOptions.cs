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

    /// <summary>Writes the options of some records.</summary>
    public static string Write(params IEnumerable<object> records)
    {
        var options = new JsonObject();
        foreach (var (option, value) in records.SelectMany(OptionCatalogue.ValuesOf))
            options[option.Name] = NodeOf(value);
        return new JsonObject { ["version"] = Version, ["options"] = options }.ToJsonString();
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

    // By hand, because every run writes them, and a serializer's first use costs more than the rest of a small run.
    private static JsonNode? NodeOf(object? value) =>
        value switch
        {
            null => null,
            bool truth => JsonValue.Create(truth),
            int number => JsonValue.Create(number),
            long number => JsonValue.Create(number),
            double number => JsonValue.Create(number),
            decimal number => JsonValue.Create(number),
            DateTimeOffset time => JsonValue.Create(time),
            string text => JsonValue.Create(SecretMasker.Mask(text)),
            Enum name => JsonValue.Create(name.ToString()),
            WildcardFilter filter => NodeOf(filter.Wildcards),
            IEnumerable<object> values => new JsonArray([.. values.Select(NodeOf)]),
            _ => throw new NotSupportedException($"Nobody said how to keep an option of type {value.GetType()}."),
        };

    private sealed class WildcardConverter : JsonConverter<WildcardFilter>
    {
        public override WildcardFilter? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            WildcardFilter.Of(JsonSerializer.Deserialize<string[]>(ref reader, options));

        public override void Write(Utf8JsonWriter writer, WildcardFilter value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
