using System.Text.Json;

namespace PatternAnalysis.Tests.Import.Support;

/// <summary>A row of <c>hook_events</c>.</summary>
internal sealed record StoredEvent
{
    public string Id { get; init; } = "";

    public string Type { get; init; } = "";

    public string Session { get; init; } = "";

    public string? Tool { get; init; }

    public string Time { get; init; } = "";

    public string? SourceApp { get; init; }

    public string Payload { get; init; } = "";

    public JsonElement Json => JsonDocument.Parse(Payload).RootElement;

    public string? Field(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;
}
