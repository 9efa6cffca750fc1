using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>The bundled sample: sixty sessions of a small team, invented, with routines planted in ordinary work.</summary>
public static class BundledSample
{
    private const string Resource = "PatternAnalysis.Application.sample.jsonl";

    /// <summary>Stores the sample in a database, which is made when it is missing.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    public static void Store(PatternDatabase database, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        database.EventWriter.Write([.. Read()], cancellationToken);
    }

    private static IEnumerable<NewHookEvent> Read()
    {
        using var lines = new StreamReader(typeof(BundledSample).Assembly.GetManifestResourceStream(Resource)!);
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            yield return new NewHookEvent(
                row.GetProperty("event_id").GetString()!,
                row.GetProperty("event_type").GetString()!,
                row.GetProperty("session_id").GetString()!,
                row.GetProperty("source_app").GetString(),
                DateTime.Parse(
                    row.GetProperty("timestamp").GetString()!,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
                ),
                row.GetProperty("tool_name").GetString(),
                row.GetProperty("payload").GetRawText()
            );
        }
    }
}
