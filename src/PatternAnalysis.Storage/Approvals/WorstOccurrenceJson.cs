using System.Text.Json;
using System.Text.Json.Serialization;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Storage.Approvals;

/// <summary>The worst occurrences of a pattern as they are stored: a JSON array in one column of <c>pattern_evidence</c>.</summary>
internal static class WorstOccurrenceJson
{
    /// <summary>What is stored; null for none.</summary>
    public static string? Write(IReadOnlyCollection<DangerousOccurrence> occurrences) =>
        occurrences.Count == 0 ? null : JsonSerializer.Serialize(occurrences.Select(Stored.Of).ToArray());

    /// <summary>What was stored. A column that something else wrote holds none.</summary>
    public static DangerousOccurrence[] Read(string? json)
    {
        try
        {
            return json is null ? [] : [.. (JsonSerializer.Deserialize<Stored[]>(json) ?? []).Select(stored => stored.ToOccurrence())];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record Stored
    {
        [JsonPropertyName("session")]
        public string Session { get; init; } = "";

        [JsonPropertyName("at")]
        public DateTimeOffset? At { get; init; }

        [JsonPropertyName("command")]
        public string Command { get; init; } = "";

        [JsonPropertyName("level")]
        public string Level { get; init; } = "";

        [JsonPropertyName("rule")]
        public string? Rule { get; init; }

        public static Stored Of(DangerousOccurrence occurrence) =>
            new()
            {
                Session = occurrence.SessionId,
                At = occurrence.At,
                Command = occurrence.Command,
                Level = occurrence.Level.ToString(),
                Rule = occurrence.RuleId,
            };

        public DangerousOccurrence ToOccurrence() =>
            new()
            {
                SessionId = Session,
                At = At,
                Command = Command,
                Level = Enum.TryParse<DangerLevel>(Level, out var level) ? level : DangerLevel.Unknown,
                RuleId = Rule,
            };
    }
}
