using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>The attributes of an OTLP record, and behind them those of its resource.</summary>
internal sealed class OpenTelemetryAttributes
{
    private readonly Dictionary<string, JsonSlice> _values = [];

    public OpenTelemetryAttributes(JsonSlice owner, OpenTelemetryAttributes? behind = null)
    {
        foreach (var (key, value) in behind?._values ?? [])
            _values[key] = value;
        foreach (var attribute in owner.Items("attributes"))
        {
            if (attribute.Text("key") is { } key && Scalar(attribute.Field("value")) is { Kind: not JsonValueKind.Undefined } value)
                _values[key] = value;
        }
    }

    public JsonSlice Element(string key) => _values.GetValueOrDefault(key);

    /// <summary>A value as text; numbers and truth values come in either form, depending on the exporter.</summary>
    public string? Text(string key) =>
        Element(key) switch
        {
            { Kind: JsonValueKind.String } text => text.Text(),
            { Kind: JsonValueKind.Number } number => number.Json(),
            { Kind: JsonValueKind.True } => "true",
            { Kind: JsonValueKind.False } => "false",
            _ => null,
        };

    public long? Number(string key) =>
        double.TryParse(Text(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 1e15
            ? (long)number
            : null;

    /// <summary>
    /// What the tool was asked for, as far as the agent was told to log it: JSON in a text, with other names for a shell's command.
    /// </summary>
    public JsonSlice ToolInput()
    {
        var input = Json("tool_input");
        if (input.Kind == JsonValueKind.Object)
            return input;

        foreach (var name in (ReadOnlySpan<string>)["arguments", "function_args"])
        {
            if (Json(name) is { Kind: JsonValueKind.Object } arguments)
                return arguments;
        }

        var parameters = Json("tool_parameters");
        if ((parameters.Text("full_command") ?? parameters.Text("bash_command")) is not { } command)
            return parameters;

        return JsonFields.ObjectOf("command", command);
    }

    private JsonSlice Json(string key) =>
        Element(key) is { Kind: JsonValueKind.String } text ? JsonFields.ParseObject(text.AnyText()!) : default;

    private static JsonSlice Scalar(JsonSlice value)
    {
        foreach (var type in (ReadOnlySpan<string>)["stringValue", "intValue", "doubleValue", "boolValue"])
        {
            if (value.Field(type) is { Kind: not JsonValueKind.Undefined } scalar)
                return scalar;
        }

        return default;
    }
}
