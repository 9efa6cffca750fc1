using System.Globalization;
using System.Text;

namespace PatternAnalysis;

/// <summary>
/// What nobody sees, and what a terminal or a reader obeys: control and format characters (direction marks, zero-width characters, tag
/// characters), line separators, halves of pairs, characters that are defined to show nothing. Judged by character, not by UTF-16 unit:
/// tag characters, which can hold a whole text that only a machine reads, are made of two.
/// </summary>
public static class InvisibleText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Whether a text holds such a character. Line ends and tabs are none when they are allowed.</summary>
    public static bool IsIn(string text, bool allowLines = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsIn(text.AsSpan(), allowLines);
    }

    /// <summary>The text with U+FFFD in the place of each.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="allowLines">Whether line ends and tabs stay. A carriage return alone does not: what follows would stand over the
    /// line.</param>
    public static string Replace(string text, bool allowLines = false) => Change(text, allowLines, (shown, _) => shown.Append(Replacement));

    /// <summary>The text with each as <c>\uXXXX</c>, for who should see what is there.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="allowLines">Whether line ends and tabs stay.</param>
    public static string Escape(string text, bool allowLines = false) =>
        Change(
            text,
            allowLines,
            (shown, units) =>
            {
                foreach (var unit in units)
                    shown.Append(@"\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
            }
        );

    /// <summary>Whether a character is one.</summary>
    public static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
        || IsDefaultIgnorable(rune.Value)
        || (rune.Value & 0xFFFE) == 0xFFFE;

    // Those of Unicode's Default_Ignorable_Code_Point that are no format characters, and a letter and a symbol that are blank. The
    // selector of an emoji's form (U+FE0F) stays.
    private static bool IsDefaultIgnorable(int value) =>
        value
            is 0x034F
                or 0x115F
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2065
                or 0x2800
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0E)
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0xE0000 and <= 0xE0FFF);

    private static bool IsIn(ReadOnlySpan<char> text, bool allowLines)
    {
        for (var i = 0; i < text.Length; )
        {
            var length = Decode(text[i..], out var isInvisible);
            if (isInvisible && !(allowLines && IsLineEndOrTab(text, i)))
                return true;
            i += length;
        }

        return false;
    }

    private static string Change(string text, bool allowLines, Action<StringBuilder, string> change)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsIn(text.AsSpan(), allowLines))
            return text;

        var shown = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; )
        {
            var length = Decode(text.AsSpan(i), out var isInvisible);
            if (isInvisible && !(allowLines && IsLineEndOrTab(text, i)))
                change(shown, text.Substring(i, length));
            else
                shown.Append(text, i, length);
            i += length;
        }

        return shown.ToString();
    }

    private static int Decode(ReadOnlySpan<char> text, out bool isInvisible)
    {
        if (text[0] is >= ' ' and <= '~')
        {
            isInvisible = false;
            return 1;
        }

        var isWhole = Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done;
        isInvisible = !isWhole || IsInvisible(rune);
        return Math.Max(1, length);
    }

    private static bool IsLineEndOrTab(ReadOnlySpan<char> text, int place) =>
        text[place] is '\n' or '\t' || (text[place] == '\r' && place + 1 < text.Length && text[place + 1] == '\n');
}
