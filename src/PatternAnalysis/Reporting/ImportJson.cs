using System.Text.Json;

namespace PatternAnalysis.Reporting;

/// <summary>What an import came to as one JSON object, with the names that scripts rely on.</summary>
public static class ImportJson
{
    /// <summary>Writes the object as UTF-8.</summary>
    public static void Write(ImportResult result, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var json = new Utf8JsonWriter(stream, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("database", result.Database);
        json.WriteBoolean("dry_run", result.DryRun);
        json.WriteNumber("files", result.FileCount);
        json.WriteNumber("unchanged_files", result.UnchangedCount);
        json.WriteStartObject("formats");
        foreach (var (name, count) in result.Formats)
            json.WriteNumber(name, count);
        json.WriteEndObject();
        json.WriteNumber("bytes", result.ByteCount);
        json.WriteNumber("read", result.ReadCount);
        json.WriteNumber("new", result.NewCount);
        json.WriteNumber("duplicate", result.DuplicateCount);
        json.WriteNumber("undated", result.UndatedCount);
        json.WriteNumber("sessions", result.SessionCount);
        json.WriteInstant("first_seen", result.FirstSeen);
        json.WriteInstant("last_seen", result.LastSeen);
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
        json.WriteString("warning", result.Warning);
        json.WriteEndObject();
    }
}
