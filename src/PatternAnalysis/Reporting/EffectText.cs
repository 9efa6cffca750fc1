using System.Text.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Reporting;

/// <summary>What became of approved patterns, in the words of every report.</summary>
internal static class EffectText
{
    /// <summary>The heading.</summary>
    public const string Title = "What became of what you approved";

    /// <summary>The columns of a comparison.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["What", "Before", "After", "Ratio", "95 % interval"];

    /// <summary>When it was approved, what took its place, and when that was measured.</summary>
    public static string Describe(AdoptedPattern pattern) =>
        ReportText.Text($"Approved {Instant(pattern.ApprovedAt)}, adopted as {string.Join(", ", pattern.Adopted)}; ")
        + ReportText.Text($"measured {Instant(pattern.MeasuredAt)}.");

    /// <summary>Writes them for scripts, each with its last measurement as <see cref="EffectJson"/> writes one.</summary>
    public static void WriteJson(IEnumerable<AdoptedPattern> patterns, Utf8JsonWriter json)
    {
        json.WriteStartArray("effects");
        foreach (var pattern in patterns)
        {
            json.WriteStartObject();
            json.WriteString("pattern_id", pattern.PatternId);
            json.WriteString("tool_sequence", InvisibleText.Escape(SecretMasker.Mask(pattern.ToolSequence)));
            json.WriteStartArray("adopted_as");
            foreach (var name in pattern.Adopted)
                json.WriteStringValue(InvisibleText.Escape(SecretMasker.Mask(name)));
            json.WriteEndArray();
            json.WriteInstant("approved_at", pattern.ApprovedAt);
            json.WriteInstant("measured_at", pattern.MeasuredAt);
            json.WritePropertyName("effect");
            if (StoredEffect.Read(pattern.Effect) is null)
            {
                json.WriteNullValue();
            }
            else
            {
                using var effect = JsonDocument.Parse(pattern.Effect!);
                effect.RootElement.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Instant(DateTimeOffset? at) =>
        at is { } known ? ReportText.Text($"{known.UtcDateTime:yyyy-MM-dd HH:mm'Z'}") : "never";
}
