using System.Globalization;

namespace PatternAnalysis.Options;

/// <summary>Lengths of time as people write them: <c>90m</c>, <c>26h</c>, <c>2d</c>; a number alone is hours.</summary>
public static class DurationText
{
    /// <summary>What a front says of a text that is none.</summary>
    public const string Advice = "is no length of time. Write it like 26h, 90m or 2d; a number alone is hours.";

    /// <summary>Reads a length of time; false when the text is none, or a negative one.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        text = text?.Trim() ?? "";
        if (text.Contains(':', StringComparison.Ordinal))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;

        var unit = text.Length == 0 ? 'h' : char.ToLowerInvariant(text[^1]);
        var hours = unit switch
        {
            's' => 1 / 3600.0,
            'm' => 1 / 60.0,
            'd' => 24,
            _ => 1,
        };
        var number = char.IsAsciiLetter(unit) && "smhd".Contains(unit, StringComparison.Ordinal) && text.Length > 0 ? text[..^1] : text;
        if (
            !double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || !double.IsFinite(count)
            || count * hours > TimeSpan.MaxValue.TotalHours / 2
        )
            return false;
        duration = TimeSpan.FromSeconds(Math.Round(count * hours * 3600));
        return true;
    }
}
