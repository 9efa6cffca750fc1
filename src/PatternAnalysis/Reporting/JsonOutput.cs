using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>What all JSON for scripts has in common.</summary>
internal static class JsonOutput
{
    /// <summary>Indented, and with what is seen unescaped.</summary>
    public static JsonWriterOptions Options { get; } = new() { Indented = true, Encoder = JsonText.Encoder };

    /// <summary>Writes an instant in UTC, or null.</summary>
    public static void WriteInstant(this Utf8JsonWriter json, string name, DateTimeOffset? instant)
    {
        if (instant is { } known)
            json.WriteString(name, known.UtcDateTime);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes a number of any type; null where it is not known.</summary>
    public static void WriteFigure(this Utf8JsonWriter json, string name, IFormattable? value)
    {
        switch (value)
        {
            case double real:
                json.WriteNumber(name, real);
                break;
            case decimal amount:
                json.WriteNumber(name, amount);
                break;
            case null:
                json.WriteNull(name);
                break;
            default:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
