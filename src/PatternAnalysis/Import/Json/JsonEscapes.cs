using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace PatternAnalysis.Import.Json;

/// <summary>Turns the bytes of a JSON string into its characters.</summary>
internal static class JsonEscapes
{
    private const int LongestEscape = 6;

    /// <summary>The code of four hexadecimal digits.</summary>
    public static bool TryCode(ReadOnlySpan<byte> digits, out char code)
    {
        var isCode = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number);
        code = (char)number;
        return isCode;
    }

    /// <summary>Decodes a string.</summary>
    /// <param name="text">Its bytes, of which <see cref="JsonIndex"/> found that their escapes are whole.</param>
    /// <param name="characters">Takes the characters, which are no more than the bytes.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="InvalidOperationException">A half of a surrogate pair stands alone, or the bytes are no UTF-8.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Decode(ReadOnlySpan<byte> text, Span<char> characters)
    {
        var written = 0;
        while (true)
        {
            var length = text.IndexOf((byte)'\\');
            written += DecodeRun(length < 0 ? text : text[..length], characters[written..]);
            if (length < 0)
                return written;

            text = text[(length + 1)..];
            if (text[0] != 'u')
            {
                characters[written++] = Single(text[0]);
                text = text[1..];
                continue;
            }

            _ = TryCode(text.Slice(1, 4), out var code);
            text = text[5..];
            characters[written++] = code;
            if (!char.IsSurrogate(code))
                continue;
            if (
                !char.IsHighSurrogate(code)
                || text is not [(byte)'\\', (byte)'u', _, _, _, _, ..]
                || !TryCode(text.Slice(2, 4), out var low)
                || !char.IsLowSurrogate(low)
            )
                throw new InvalidOperationException("Half of a surrogate pair stands alone.");
            characters[written++] = low;
            text = text[6..];
        }
    }

    /// <summary>The last place up to another one where a string can be cut, not through an escape, a character or a pair.</summary>
    public static int CutBefore(ReadOnlySpan<byte> text, int place)
    {
        if (place <= 0 || place >= text.Length)
            return Math.Clamp(place, 0, text.Length);

        while (place > 0 && (text[place] & 0xC0) == 0x80)
            place--;
        for (var start = place - 1; start >= Math.Max(0, place - LongestEscape + 1); start--)
        {
            // A backslash begins an escape when an even number of them stands before it.
            if (text[start] != '\\' || (start - text[..start].LastIndexOfAnyExcept((byte)'\\')) % 2 == 0)
                continue;
            if (start + (text[start + 1] == 'u' ? LongestEscape : 2) > place)
                place = start;
            break;
        }

        var isInPair =
            place >= LongestEscape
            && text.Slice(place - LongestEscape, 2).SequenceEqual("\\u"u8)
            && TryCode(text.Slice(place - 4, 4), out var code)
            && char.IsHighSurrogate(code);
        return isInPair ? place - LongestEscape : place;
    }

    private static int DecodeRun(ReadOnlySpan<byte> text, Span<char> characters) =>
        Utf8.ToUtf16(text, characters, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            ? written
            : throw new InvalidOperationException("The bytes are no UTF-8.");

    private static char Single(byte escape) =>
        escape switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => (char)escape,
        };
}
