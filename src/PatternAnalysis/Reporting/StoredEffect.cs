using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Reporting;

/// <summary>
/// A kept measurement of an effect, as it is shown: the same rows in the panel and in reports. Any program may have written the text that
/// it is read from.
/// </summary>
public sealed record StoredEffect
{
    /// <summary>What is said over a table of rows, behind what a rate counts against.</summary>
    public const string Explanation =
        "before and after the approval. Controls had no reason to change, and stand here also where they speak against an effect.";

    private StoredEffect() { }

    /// <summary>What the comparison came to, in words.</summary>
    public required string Verdict { get; init; }

    /// <summary>What a rate counts against.</summary>
    public required string Exposure { get; init; }

    /// <summary>The pattern first, then what was adopted, controls, and applications and people.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>What did not happen, and what that would have cost; null where no ratio is known.</summary>
    public required string? Realised { get; init; }

    /// <summary>A line of the comparison.</summary>
    /// <param name="Name">What was counted.</param>
    /// <param name="Before">Occurrences in pieces of work before.</param>
    /// <param name="After">The same after.</param>
    /// <param name="Ratio">How many times as often.</param>
    /// <param name="Interval">The 95 % interval of that.</param>
    public sealed record Row(string Name, string Before, string After, string Ratio, string Interval);

    /// <summary>Reads what <see cref="EffectJson"/> wrote; null when it is something else.</summary>
    public static StoredEffect? Read(string? json)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static StoredEffect Read(JsonElement effect)
    {
        var rows = new List<Row> { RowOf("the pattern", effect) };
        if (effect.GetProperty("adopted") is { ValueKind: JsonValueKind.Object } adopted)
            rows.Add(RowOf("adopted", adopted));
        rows.AddRange(effect.GetProperty("controls").EnumerateArray().Select(control => RowOf($"control: {NameOf(control)}", control)));
        rows.AddRange(effect.GetProperty("groups").EnumerateArray().Select(group => RowOf($"in {NameOf(group)}", group)));
        return new StoredEffect
        {
            Verdict = SurfaceText.Line(effect.GetProperty("verdict").GetString() ?? ""),
            Exposure = SurfaceText.Line(effect.GetProperty("exposure").GetString() ?? ""),
            Rows = rows,
            Realised = effect.GetProperty("realised") is { ValueKind: JsonValueKind.Object } realised ? RealisedOf(realised) : null,
        };
    }

    private const string Nothing = "–";

    private static string RealisedOf(JsonElement realised)
    {
        var turns = $"Turns that did not happen: {Number(realised, "turns")} (95 % interval {Interval(realised, "turns")})";
        return realised.GetProperty("usd").ValueKind == JsonValueKind.Number
            ? $"{turns}; cash: ${Number(realised, "usd")} ({Interval(realised, "usd")})"
            : $"{turns}; no dollars, because the cause is not shown";
    }

    private static string Interval(JsonElement parent, string name) =>
        Between(Number(parent, name + "_low"), Number(parent, name + "_high"));

    private static string Between(string low, string high) => low == Nothing && high == Nothing ? Nothing : $"{low} to {high}";

    private static Row RowOf(string name, JsonElement ratio) =>
        new(
            SurfaceText.Line(name),
            Side(ratio.GetProperty("before")),
            Side(ratio.GetProperty("after")),
            Number(ratio, "rate_ratio"),
            Between(Number(ratio, "low"), Number(ratio, "high"))
        );

    private static string NameOf(JsonElement ratio) => ratio.GetProperty("name").GetString() ?? "";

    private static string Side(JsonElement side) =>
        ReportText.Text($"{side.GetProperty("count").GetInt64():N0} in {side.GetProperty("exposure").GetInt64():N0}");

    private static string Number(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Number } number
            ? number.GetDouble().ToString("N2", CultureInfo.InvariantCulture)
            : Nothing;
}
