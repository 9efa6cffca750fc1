using System.Text.Json;
using PatternAnalysis.Effect;

namespace PatternAnalysis.Reporting;

/// <summary>An effect as one JSON object, for scripts.</summary>
public static class EffectJson
{
    /// <summary>Writes an effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="output">Where the object goes.</param>
    public static void Write(PatternEffect effect, Stream output)
    {
        ArgumentNullException.ThrowIfNull(effect);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        json.WriteStartObject();
        json.WriteString("name", effect.Name);
        json.WriteInstant("cut", effect.Cut);
        json.WriteString("exposure", effect.Exposure.ToString());
        json.WriteString("verdict", effect.Explanation);
        json.WriteString("verdict_id", effect.Verdict.ToString());
        WriteRatio(json, effect.Measured);
        json.WritePropertyName("adopted");
        if (effect.Adopted is { } adopted)
            WriteObject(json, adopted);
        else
            json.WriteNullValue();
        WriteList(json, "controls", effect.Controls);
        WriteList(json, "groups", effect.Groups);
        json.WritePropertyName("realised");
        if (effect.Realised is { } realised)
            Write(json, realised);
        else
            json.WriteNullValue();
        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<RateRatio> ratios)
    {
        json.WriteStartArray(name);
        foreach (var ratio in ratios)
            WriteObject(json, ratio);
        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, RateRatio ratio)
    {
        json.WriteStartObject();
        json.WriteString("name", ratio.Name);
        WriteRatio(json, ratio);
        json.WriteEndObject();
    }

    private static void WriteRatio(Utf8JsonWriter json, RateRatio ratio)
    {
        WriteNumber(json, "rate_ratio", ratio.Ratio);
        WriteNumber(json, "low", ratio.Low);
        WriteNumber(json, "high", ratio.High);
        WriteSide(json, "before", ratio.Before);
        WriteSide(json, "after", ratio.After);
    }

    private static void WriteSide(Utf8JsonWriter json, string name, RateSide side)
    {
        json.WriteStartObject(name);
        json.WriteNumber("sessions", side.Sessions);
        json.WriteNumber("exposure", side.Exposure);
        json.WriteNumber("count", side.Count);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RealisedSavings realised)
    {
        json.WriteStartObject();
        WriteNumber(json, "turns", realised.Turns);
        WriteNumber(json, "turns_low", realised.TurnsLow);
        WriteNumber(json, "turns_high", realised.TurnsHigh);
        WriteNumber(json, "usd", (double?)realised.Usd);
        WriteNumber(json, "usd_low", (double?)realised.UsdLow);
        WriteNumber(json, "usd_high", (double?)realised.UsdHigh);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
            json.WriteNumber(name, Math.Round(number, 6));
        else
            json.WriteNull(name);
    }
}
