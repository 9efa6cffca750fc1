using System.Globalization;
using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Reads the body of <c>$'...'</c>, in which <c>\n</c>, <c>\x41</c>, <c>\101</c> and <c>\u0041</c> are characters.</summary>
internal static class AnsiQuoting
{
    /// <summary>Reads from after the opening quote to past the closing one; false when there is none.</summary>
    public static bool Read(TextCursor cursor, StringBuilder value)
    {
        int? end = null;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            cursor.Position++;
            if (current == '\'')
            {
                value.Length = end ?? value.Length;
                return true;
            }

            if (current == '\\')
            {
                ReadEscape(cursor, value);
                // A NUL ends the text: $'--hard\0x' is --hard.
                if (value is [.., '\0'])
                    end ??= value.Length - 1;
            }
            else
                value.Append(current);
        }

        return false;
    }

    private static void ReadEscape(TextCursor cursor, StringBuilder value)
    {
        if (cursor.AtEnd)
            return;
        var kind = cursor.Current;
        switch (kind)
        {
            case 'x':
                cursor.Position++;
                ReadCode(cursor, value, maximumDigits: 2, NumberStyles.HexNumber, kind);
                break;
            case 'u' or 'U':
                cursor.Position++;
                ReadCode(cursor, value, maximumDigits: kind == 'u' ? 4 : 8, NumberStyles.HexNumber, kind);
                break;
            case >= '0' and <= '7':
                ReadOctal(cursor, value);
                break;
            default:
                cursor.Position++;
                value.Append(
                    kind switch
                    {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'a' => '\a',
                        'b' => '\b',
                        'f' => '\f',
                        'v' => '\v',
                        'e' or 'E' => '\u001b',
                        _ => kind,
                    }
                );
                break;
        }
    }

    private static void ReadCode(TextCursor cursor, StringBuilder value, int maximumDigits, NumberStyles style, char kind)
    {
        var start = cursor.Position;
        while (cursor.Position - start < maximumDigits && char.IsAsciiHexDigit(cursor.Current))
            cursor.Position++;
        var digits = cursor.Text.AsSpan(start, cursor.Position - start);
        if (int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code))
            value.Append(new Rune(code).ToString());
        else
            value.Append('\\').Append(kind).Append(digits);
    }

    private static void ReadOctal(TextCursor cursor, StringBuilder value)
    {
        var code = 0;
        for (var digits = 0; digits < 3 && cursor.Current is >= '0' and <= '7'; digits++, cursor.Position++)
            code = (code * 8) + (cursor.Current - '0');
        value.Append((char)(code & 0xFF));
    }
}
