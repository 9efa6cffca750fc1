using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace PatternAnalysis.Import.Json;

/// <summary>
/// A value of JSON text that may hold anything: what is missing or of another type is undefined or null, never an error. Valid until its
/// <see cref="JsonIndex"/> reads another text.
/// </summary>
public readonly struct JsonSlice
{
    private readonly JsonIndex? _index;
    private readonly int _place;

    internal JsonSlice(JsonIndex index, int place) => (_index, _place) = (index, place);

    /// <summary>What it is; undefined when it is missing.</summary>
    public JsonValueKind Kind => _index is null ? JsonValueKind.Undefined : _index[_place].Kind;

    /// <summary>Its bytes as they stand there, of a string without the quotation marks.</summary>
    public ReadOnlySpan<byte> Raw => _index is null ? default : _index.Text.Span.Slice(_index[_place].Start, _index[_place].Length);

    /// <summary>A field of an object; of several of one name the last, as everywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public JsonSlice Field(string name)
    {
        if (Kind != JsonValueKind.Object)
            return default;

        JsonSlice found = default;
        for (int place = _place + 1, end = _index![_place].Next; place < end; place = _index[place + 1].Next)
        {
            if (new JsonSlice(_index, place).IsNamed(name))
                found = new JsonSlice(_index, place + 1);
        }

        return found;
    }

    /// <summary>The fields of an object, in their order; none of another value.</summary>
    public IEnumerable<(string Name, JsonSlice Value)> Fields()
    {
        if (Kind != JsonValueKind.Object)
            yield break;

        for (int place = _place + 1, end = _index![_place].Next; place < end; place = _index[place + 1].Next)
            yield return (new JsonSlice(_index, place).AnyText()!, new JsonSlice(_index, place + 1));
    }

    /// <summary>The elements of an array, in their order; none of another value.</summary>
    public IEnumerable<JsonSlice> Items()
    {
        if (Kind != JsonValueKind.Array)
            yield break;

        for (int place = _place + 1, end = _index![_place].Next; place < end; place = _index[place].Next)
            yield return new JsonSlice(_index, place);
    }

    /// <summary>The elements of a field that is an array.</summary>
    public IEnumerable<JsonSlice> Items(string name) => Field(name).Items();

    /// <summary>A string that is not empty.</summary>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public string? Text() => AnyText() is { Length: > 0 } text ? text : null;

    /// <summary>A field that is a string and not empty.</summary>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public string? Text(string name) => Field(name).Text();

    /// <summary>A string, empty or not; null for another value.</summary>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public string? AnyText() =>
        Kind != JsonValueKind.String ? null
        : _index![_place].HasEscapes ? new string(Characters())
        : Encoding.UTF8.GetString(Raw);

    /// <summary>The characters of a string, without making one; valid until it is asked for others.</summary>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public ReadOnlySpan<char> Characters()
    {
        if (Kind != JsonValueKind.String)
            return default;

        var raw = Raw;
        var characters = _index!.Characters(raw.Length);
        return characters[..JsonEscapes.Decode(raw, characters)];
    }

    /// <summary>
    /// The beginning and the end of a long string, of about so many bytes each, without the line that each is cut through if it has others;
    /// valid until it is asked for others.
    /// </summary>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public ReadOnlySpan<char> Ends(int length)
    {
        if (Kind != JsonValueKind.String)
            return default;

        var raw = Raw;
        var (first, last) = (JsonEscapes.CutBefore(raw, length), JsonEscapes.CutBefore(raw, raw.Length - length));
        var characters = _index!.Characters(first + 1 + raw.Length - last);
        var written = JsonEscapes.Decode(raw[..first], characters);
        written = characters[..written].LastIndexOf('\n') is > 0 and var cut ? cut : written;
        characters[written++] = '\n';
        var end = characters[written..][..JsonEscapes.Decode(raw[last..], characters[written..])];
        end = end[(end.IndexOf('\n') + 1)..];
        end.CopyTo(characters[written..]);
        return characters[..(written + end.Length)];
    }

    /// <summary>Whether a field is true.</summary>
    public bool IsTrue(string name) => Field(name).Kind == JsonValueKind.True;

    /// <summary>A field that is a number from 0, and of a size that can be believed, without its fraction.</summary>
    public long? Number(string name) => Field(name).TryNumber(out var number) && number is >= 0 and < 1e15 ? (long)number : null;

    /// <summary>Reads a number.</summary>
    public bool TryNumber(out double number)
    {
        number = 0;
        return Kind == JsonValueKind.Number && Utf8Parser.TryParse(Raw, out number, out var read) && read == Raw.Length;
    }

    /// <summary>The value as JSON.</summary>
    public string Json() => Kind == JsonValueKind.String ? $"\"{Encoding.UTF8.GetString(Raw)}\"" : Encoding.UTF8.GetString(Raw);

    private bool IsNamed(string name) => _index![_place].HasEscapes ? Characters().SequenceEqual(name) : Ascii.Equals(Raw, name);
}
