using System.Globalization;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The text of a sequence: its activities joined by <c>→</c>. Characters of a name that would make two sequences share a text
/// (<c>→</c>, <c>\</c> and the words that a variant is marked by) or disturb a terminal (control and direction characters) are written as
/// escapes.
/// </summary>
public static class StepText
{
    /// <summary>What stands between two activities: U+2192.</summary>
    public const char Separator = '→';

    /// <summary>What stands for whatever is left out of a variant, where the id is made.</summary>
    internal const string AnyDestructive = "destructive steps";

    private const string WithoutMark = " (without: ";
    private const string EscapedMark = @" \u0028without: ";

    /// <summary>The text of a sequence, and what it is without, if anything.</summary>
    public static string Join(IEnumerable<string> steps, string? without = null) =>
        string.Join(Separator, steps.Select(Escape)) + (without is null ? "" : $"{WithoutMark}{Escape(without)})");

    /// <summary>The activities of a text; the inverse of <see cref="Join"/>. What it is without is left off.</summary>
    public static IReadOnlyList<string> Split(string text) => [.. Steps(text).Split(Separator).Select(Unescape)];

    /// <summary>What a text says it is without, or <see langword="null"/>.</summary>
    public static string? Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var end = text.LastIndexOf(WithoutMark, StringComparison.Ordinal);
        return end < 0 || !text.EndsWith(')') ? null : text[(end + WithoutMark.Length)..^1];
    }

    /// <summary>The part of a text that names steps.</summary>
    public static string Steps(string text) =>
        Without(text) is null ? text : text[..text.LastIndexOf(WithoutMark, StringComparison.Ordinal)];

    /// <summary>One activity's name as it stands in a text.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return InvisibleText.Escape(
            name.Contains('\\', StringComparison.Ordinal)
            || name.Contains(Separator, StringComparison.Ordinal)
            || name.Contains(WithoutMark, StringComparison.Ordinal)
                ? name.Replace(@"\", @"\\", StringComparison.Ordinal)
                    .Replace(Separator.ToString(), @"\u2192", StringComparison.Ordinal)
                    .Replace(WithoutMark, EscapedMark, StringComparison.Ordinal)
                : name
        );
    }

    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;

        var name = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                name.Append(text[i]);
            else if (
                text[i + 1] == 'u'
                && i + 5 < text.Length
                && int.TryParse(text.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
            )
            {
                name.Append((char)code);
                i += 5;
            }
            else
                name.Append(text[++i]);
        }

        return name.ToString();
    }
}
