using System.Text.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>What is known of a pattern's danger, as fields of its JSON object.</summary>
internal static class DangerJson
{
    /// <summary>Writes the fields.</summary>
    public static void Write(ClassifiedPattern pattern, Utf8JsonWriter json)
    {
        json.WriteString("without", pattern.Without is { } without ? Text(without) : null);
        json.WriteString("danger_level", pattern.Danger.Level.ToString());
        json.WriteString("danger_rule", pattern.Danger.RuleId);
        json.WriteStartArray("worst_occurrences");
        foreach (var occurrence in pattern.WorstOccurrences)
        {
            json.WriteStartObject();
            json.WriteString("session_id", Text(occurrence.SessionId));
            json.WriteInstant("at", occurrence.At);
            json.WriteString("command", Text(occurrence.Command));
            json.WriteString("danger_level", occurrence.Level.ToString());
            json.WriteString("danger_rule", occurrence.RuleId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(string text) => InvisibleText.Escape(SecretMasker.Mask(text), allowLines: true);
}
