using System.Text.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>What is automated already, as JSON for scripts.</summary>
public static class AutomationJson
{
    /// <summary>Writes automations.</summary>
    public static void Write(IReadOnlyList<ExistingAutomation> automations, Stream output)
    {
        ArgumentNullException.ThrowIfNull(automations);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteStartArray("automations");
        foreach (var automation in automations)
        {
            json.WriteStartObject();
            WriteProperties(automation, json);
            json.WriteStartArray("commands");
            foreach (var command in automation.Commands)
                json.WriteStringValue(Text(command));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    internal static void WriteProperties(ExistingAutomation automation, Utf8JsonWriter json)
    {
        json.WriteString("kind", automation.Kind.ToString());
        json.WriteString("name", Text(automation.Name));
        json.WriteString("path", Text(automation.Path));
    }

    private static string Text(string text) => InvisibleText.Escape(SecretMasker.Mask(text));
}
