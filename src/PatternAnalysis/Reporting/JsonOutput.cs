using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatternAnalysis.Reporting;

/// <summary>What all JSON for scripts has in common.</summary>
internal static class JsonOutput
{
    /// <summary>
    /// Everything that JSON itself allows stands unescaped, so that → stays readable; &lt; &gt; &amp; and quotes are escaped all the same.
    /// </summary>
    public static JsonWriterOptions Options { get; } =
        new() { Indented = true, Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

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
