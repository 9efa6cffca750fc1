using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace PatternAnalysis.Import.Json;

/// <summary>What became of a value whose end was looked for.</summary>
internal enum JsonReading
{
    /// <summary>It is whole.</summary>
    Whole,

    /// <summary>The text ends in it, or nearly: with more of the text it may be whole.</summary>
    CutOff,

    /// <summary>It is no JSON, or nested too deeply.</summary>
    Broken,
}

/// <summary>
/// Where the values of a JSON text (RFC 8259) begin and end. Nothing is copied or converted: most of a transcript is what nobody asks for,
/// and what is asked for is read where it stands. Strings are passed over in vectors; time is linear in the text, and an index is used
/// again for the next text.
/// </summary>
public sealed class JsonIndex
{
    private static readonly SearchValues<byte> s_endsRun = SearchValues.Create([
        (byte)'"',
        (byte)'\\',
        .. Enumerable.Range(0, ' ').Select(control => (byte)control),
    ]);

    // What can't be read so near to the text's end may be cut off: "\u12", "fals".
    private const int LongestUnit = 8;

    private readonly int[] _open = new int[JsonValueReader.MaximumDepth];
    private Entry[] _entries = new Entry[256];
    private int _count;
    private bool _isTooDeep;
    private char[] _characters = [];

    /// <summary>The text's value; undefined when the last text had a problem.</summary>
    public JsonSlice Root => _count > 0 ? new JsonSlice(this, 0) : default;

    internal ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>Finds the values of a text that is one value. Slices of the text before hold no longer.</summary>
    /// <param name="text">The text; it must not change while its slices are used.</param>
    /// <returns>Null, or what is wrong: one of <see cref="SkipReason"/>. Bytes that are no UTF-8 are not looked for.</returns>
    public string? Read(ReadOnlyMemory<byte> text)
    {
        if (ReadFirst(text, out var end) == JsonReading.Whole && SkipBlanks(text.Span, end) == text.Length)
            return null;

        _count = 0;
        return _isTooDeep ? SkipReason.TooDeep : SkipReason.Malformed;
    }

    /// <summary>Finds the values of the value that a text begins with.</summary>
    /// <param name="text">The text, from the value on.</param>
    /// <param name="end">The end of the value, when it is whole.</param>
    internal JsonReading ReadFirst(ReadOnlyMemory<byte> text, out int end)
    {
        (Text, _count, _isTooDeep, end) = (text, 0, false, 0);
        if (ReadValue(text.Span, ref end))
            return JsonReading.Whole;

        _count = 0;
        return end + LongestUnit > text.Length ? JsonReading.CutOff : JsonReading.Broken;
    }

    /// <summary>Gives back the room for characters; it may be used on.</summary>
    internal void GiveBack()
    {
        if (_characters.Length > 0)
            ArrayPool<char>.Shared.Return(_characters);
        _characters = [];
    }

    internal ref readonly Entry this[int place] => ref _entries[place];

    /// <summary>Room for the characters of one string.</summary>
    internal Span<char> Characters(int length)
    {
        if (_characters.Length < length)
        {
            GiveBack();
            _characters = ArrayPool<char>.Shared.Rent(length);
        }

        return _characters;
    }

    // Where it fails, place is where the text can't go on so, or the text's end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool ReadValue(ReadOnlySpan<byte> text, ref int place)
    {
        place = SkipBlanks(text, place);
        var depth = 0;
        while (true)
        {
            // A value must follow.
            if (place == text.Length)
                return false;

            var first = text[place];
            if (first is (byte)'{' or (byte)'[')
            {
                _isTooDeep = depth == _open.Length;
                if (_isTooDeep)
                    return false;
                _open[depth++] = _count;
                Add(place, 0, first == '{' ? JsonValueKind.Object : JsonValueKind.Array, false);
                place = SkipBlanks(text, place + 1);
                if (place < text.Length && text[place] != (first == '{' ? '}' : ']'))
                {
                    if (first == '{' && !ReadName(text, ref place))
                        return false;
                    continue;
                }
            }
            else if (!ReadScalar(text, ref place))
            {
                return false;
            }

            // A value ended: what closes with it, and whether another follows.
            while (true)
            {
                if (depth == 0)
                    return true;
                place = SkipBlanks(text, place);
                if (place == text.Length)
                    return false;

                ref var open = ref _entries[_open[depth - 1]];
                var isObject = open.Kind == JsonValueKind.Object;
                if (text[place] == (isObject ? '}' : ']'))
                {
                    place++;
                    depth--;
                    (open.Length, open.Next) = (place - open.Start, _count);
                    continue;
                }

                if (text[place] != ',')
                    return false;
                place = SkipBlanks(text, place + 1);
                if (isObject && !ReadName(text, ref place))
                    return false;
                break;
            }
        }
    }

    // A field's name, up to where its value is due.
    private bool ReadName(ReadOnlySpan<byte> text, ref int place)
    {
        if (place == text.Length || text[place] != '"' || !ReadScalar(text, ref place))
            return false;
        place = SkipBlanks(text, place);
        if (place == text.Length || text[place] != ':')
            return false;
        place = SkipBlanks(text, place + 1);
        return true;
    }

    private bool ReadScalar(ReadOnlySpan<byte> text, ref int place)
    {
        var start = place;
        switch (text[place])
        {
            case (byte)'"':
                place++;
                if (!ReadString(text, ref place, out var hasEscapes))
                    return false;
                Add(start + 1, place - start - 1, JsonValueKind.String, hasEscapes);
                place++;
                return true;
            case (byte)'t':
                return ReadWord(text, ref place, "true"u8, JsonValueKind.True);
            case (byte)'f':
                return ReadWord(text, ref place, "false"u8, JsonValueKind.False);
            case (byte)'n':
                return ReadWord(text, ref place, "null"u8, JsonValueKind.Null);
            default:
                if (!ReadNumber(text, ref place))
                    return false;
                Add(start, place - start, JsonValueKind.Number, false);
                return true;
        }
    }

    private bool ReadWord(ReadOnlySpan<byte> text, ref int place, ReadOnlySpan<byte> word, JsonValueKind kind)
    {
        if (!text[place..].StartsWith(word))
            return false;
        Add(place, word.Length, kind, false);
        place += word.Length;
        return true;
    }

    // Up to the quotation mark behind it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool ReadString(ReadOnlySpan<byte> text, ref int place, out bool hasEscapes)
    {
        hasEscapes = false;
        while (true)
        {
            var length = text[place..].IndexOfAny(s_endsRun);
            place = length < 0 ? text.Length : place + length;
            if (place == text.Length)
                return false;
            if (text[place] == '"')
                return true;
            if (text[place] != '\\' || place + 1 == text.Length)
                return false;

            hasEscapes = true;
            switch (text[place + 1])
            {
                case (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                    place += 2;
                    break;
                case (byte)'u' when place + 6 <= text.Length && JsonEscapes.TryCode(text.Slice(place + 2, 4), out _):
                    place += 6;
                    break;
                default:
                    return false;
            }
        }
    }

    // -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?
    private static bool ReadNumber(ReadOnlySpan<byte> text, ref int place)
    {
        if (text[place] == '-')
            place++;
        var digits = Digits(text, place);
        if (digits == 0 || (digits > 1 && text[place] == '0'))
            return false;
        place += digits;
        if (place < text.Length && text[place] == '.')
        {
            if ((digits = Digits(text, ++place)) == 0)
                return false;
            place += digits;
        }

        if (place < text.Length && text[place] is (byte)'e' or (byte)'E')
        {
            place++;
            if (place < text.Length && text[place] is (byte)'+' or (byte)'-')
                place++;
            if ((digits = Digits(text, place)) == 0)
                return false;
            place += digits;
        }

        return true;
    }

    private static int Digits(ReadOnlySpan<byte> text, int place)
    {
        var end = place;
        while (end < text.Length && text[end] is >= (byte)'0' and <= (byte)'9')
            end++;
        return end - place;
    }

    private static int SkipBlanks(ReadOnlySpan<byte> text, int place)
    {
        while (place < text.Length && text[place] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            place++;
        return place;
    }

    private void Add(int start, int length, JsonValueKind kind, bool hasEscapes)
    {
        if (_count == _entries.Length)
            Array.Resize(ref _entries, 2 * _count);
        _entries[_count] = new Entry(start, length, _count + 1, kind, hasEscapes);
        _count++;
    }

    /// <summary>One value. A field is two of them, its name and its value; what an object or an array holds follows it.</summary>
    /// <param name="Start">Its first byte; of a string the one behind the quotation mark.</param>
    /// <param name="Length">Its bytes; of a string without the marks.</param>
    /// <param name="Next">The first entry that is no part of it.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="HasEscapes">Whether it is a string that holds a backslash.</param>
    internal record struct Entry(int Start, int Length, int Next, JsonValueKind Kind, bool HasEscapes);
}
