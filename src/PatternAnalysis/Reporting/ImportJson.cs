using System.Text.Encodings.Web;
using System.Text.Json;

namespace PatternAnalysis.Reporting;

/// <summary>What an import came to as one JSON object, with the names that scripts rely on.</summary>
public static class ImportJson
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All),
    };

    /// <summary>Writes the object as UTF-8.</summary>
    public static void Write(ImportResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var json = new Utf8JsonWriter(stream, s_options);
        json.WriteStartObject();
        json.WriteString("database", result.Database);
        json.WriteBoolean("dry_run", result.DryRun);
        json.WriteNumber("files", result.FileCount);
        json.WriteNumber("bytes", result.ByteCount);
        json.WriteNumber("read", result.ReadCount);
        json.WriteNumber("new", result.NewCount);
        json.WriteNumber("duplicate", result.DuplicateCount);
        json.WriteNumber("undated", result.UndatedCount);
        json.WriteNumber("sessions", result.SessionCount);
        WriteInstant("first_seen", result.FirstSeen, json);
        WriteInstant("last_seen", result.LastSeen, json);
        json.WriteStartArray("skipped");
        foreach (var skip in result.Skipped)
        {
            json.WriteStartObject();
            json.WriteString("reason", skip.Reason);
            json.WriteNumber("count", skip.Count);
            json.WriteStartArray("examples");
            foreach (var example in skip.Examples)
                json.WriteStringValue(example);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteInstant(string name, DateTimeOffset? instant, Utf8JsonWriter json)
    {
        if (instant is { } time)
            json.WriteString(name, time.UtcDateTime);
        else
            json.WriteNull(name);
    }
}
