using System.Globalization;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>
/// The text of a sequence: its activities joined by <c>→</c>. Characters of a name that would make two sequences share a text
/// (<c>→</c> and <c>\</c>) or disturb a terminal (control and direction characters) are written as escapes.
/// </summary>
public static class StepText
{
    /// <summary>What stands between two activities: U+2192.</summary>
    public const char Separator = '→';

    /// <summary>The text of a sequence.</summary>
    public static string Join(IEnumerable<string> steps) => string.Join(Separator, steps.Select(Escape));

    /// <summary>The activities of a text; the inverse of <see cref="Join"/>.</summary>
    public static IReadOnlyList<string> Split(string text) => [.. text.Split(Separator).Select(Unescape)];

    /// <summary>One activity's name as it stands in a text.</summary>
    public static string Escape(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return InvisibleText.Escape(
            name.Contains('\\', StringComparison.Ordinal) || name.Contains(Separator, StringComparison.Ordinal)
                ? name.Replace(@"\", @"\\", StringComparison.Ordinal).Replace(Separator.ToString(), @"\u2192", StringComparison.Ordinal)
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
