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
}
