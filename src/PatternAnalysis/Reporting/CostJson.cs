using System.Text.Json;
using PatternAnalysis.Cost;

namespace PatternAnalysis.Reporting;

/// <summary>Costs as one JSON object, for scripts.</summary>
public static class CostJson
{
    /// <summary>Writes costs.</summary>
    /// <param name="costs">The rows.</param>
    /// <param name="grouping">What they are added up by.</param>
    /// <param name="output">Where the object goes.</param>
    public static void Write(IReadOnlyList<AgentCost> costs, CostGrouping grouping, Stream output)
    {
        ArgumentNullException.ThrowIfNull(costs);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("group_by", grouping.ToString());
        json.WriteStartArray("costs");
        foreach (var cost in costs)
            Write(json, cost);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AgentCost cost)
    {
        json.WriteStartObject();
        json.WriteString("name", cost.Name);
        json.WriteNumber("sessions", cost.SessionCount);
        json.WriteNumber("turns", cost.Turns);
        json.WriteNumber("input_tokens", cost.InputTokens);
        json.WriteNumber("output_tokens", cost.OutputTokens);
        json.WriteNumber("cache_write_tokens", cost.CacheWriteTokens);
        json.WriteNumber("cache_read_tokens", cost.CacheReadTokens);
        json.WriteNumber("tokens", cost.Tokens);
        json.WriteNumber("usd", decimal.Round(cost.Usd, 6));
        json.WriteNumber("unpriced_turns", cost.UnpricedTurns);
        json.WriteStartArray("unpriced_models");
        foreach (var model in cost.UnpricedModels)
            json.WriteStringValue(model);
        json.WriteEndArray();
        WriteHours(json, "tool_hours", cost.ToolTime);
        WriteHours(json, "model_hours", cost.ModelTime);
        WriteHours(json, "pause_hours", cost.PauseTime);
        json.WriteEndObject();
    }

    private static void WriteHours(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
            json.WriteNumber(name, Math.Round(known.TotalHours, 6));
        else
            json.WriteNull(name);
    }
}
