using System.Globalization;
using PatternAnalysis.Approvals;
using PatternAnalysis.Figures;

namespace PatternAnalysis.Panel.Pages;

/// <summary>Numbers and instants as people read them, and the state of a pattern as a form carries it.</summary>
internal static class Show
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    // Down, not to nearest: what does not reach a border must not read as if it did.
    public static string Confidence(double value) =>
        (Math.Floor(value * 1e6 + 1e-6) / 1e4).ToString("0.0000", CultureInfo.InvariantCulture) + " %";

    public static string Money(decimal value) => "$" + value.ToString("N2", CultureInfo.InvariantCulture);

    public static string Share(double value) => value.ToString("P0", CultureInfo.InvariantCulture);

    public static string Kind(WorthKind kind) => kind == WorthKind.NotAssessed ? "–" : kind.ToString();

    /// <summary>A figure as the list says; of a confidence all digits that count, and of a worth whether it is assumed. Where events have
    /// no times nothing tells what it is in 30 days: what it is in all stands there.</summary>
    public static string Figure(Figure<PatternApproval> figure, PatternApproval pattern) =>
        figure.Value(pattern) switch
        {
            null when figure.Name == "worth_usd_per_30_days" && pattern.WorthUsd is { } worth => (pattern.IsWorthAssumed ? "≈ " : "")
                + worth.ToString("N2", CultureInfo.InvariantCulture)
                + " in all",
            null => "–",
            double confidence when figure.Name == "confidence_score" => Confidence(confidence),
            double and > 0 when figure.Name == "worth_usd_per_30_days" && pattern.IsWorthAssumed => $"≈ {figure.Show(pattern)}",
            _ => figure.Show(pattern),
        };

    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    public static string Instant(DateTimeOffset? value) =>
        value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "–";

    public static string Address(string patternId) => "/pattern/" + Uri.EscapeDataString(patternId);

    public static string StateOf(PatternApproval pattern)
    {
        var shown = ShownState.Of(pattern);
        return string.Create(CultureInfo.InvariantCulture, $"{shown.UpdatedAt?.UtcTicks}|{shown.Status}");
    }

    public static ShownState ReadState(string? text)
    {
        var parts = (text ?? "").Split('|', 2);
        return new ShownState(
            parts[^1],
            long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks
                ? new DateTimeOffset(ticks, TimeSpan.Zero)
                : null
        );
    }
}
