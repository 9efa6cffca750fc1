using System.Text;
using CsCheck;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Tests.Import;

public class JsonEscapesTests
{
    // Pieces of a string that must not be cut through.
    private static readonly string[] s_pieces =
    [
        "a",
        "7",
        " ",
        "é",
        "→",
        "\U0001F600",
        "\\n",
        "\\t",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "u",
        "\\\\u0041",
    ];

    [Theory]
    [InlineData("", "")]
    [InlineData("plain é → \U0001F600", "plain é → \U0001F600")]
    [InlineData("\\b\\f\\n\\r\\t\\\"\\\\\\/", "\b\f\n\r\t\"\\/")]
    [InlineData("a\\u0041\\u00E9\\u00e9b", "aAééb")]
    [InlineData("\\ud83d\\ude00x", "\U0001F600x")]
    [InlineData("\\\\u0041", "\\u0041")]
    [InlineData("\\u0000", "\0")]
    public void A_string_is_what_its_escapes_say(string text, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var characters = new char[bytes.Length];

        Assert.Equal(expected, new string(characters, 0, JsonEscapes.Decode(bytes, characters)));
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ud83dx")]
    [InlineData("\\ude00")]
    [InlineData("\\ude00\\ud83d")]
    [InlineData("\\ud83d\\u0041")]
    [InlineData("\\ud83d\\ud83d")]
    [InlineData("\\ud83d\\n12345")]
    [InlineData("\\ud83dxxxxxx")]
    public void Half_of_a_pair_is_no_text(string text) =>
        Assert.Throws<InvalidOperationException>(() => JsonEscapes.Decode(Encoding.UTF8.GetBytes(text), new char[text.Length]));

    [Fact]
    public void Bytes_that_are_no_UTF8_are_no_text() =>
        Assert.Throws<InvalidOperationException>(() => JsonEscapes.Decode([0x61, 0xFF], new char[2]));

    [Theory]
    [InlineData("00e9", true, 0xE9)]
    [InlineData("FFFF", true, 0xFFFF)]
    [InlineData("00g9", false, 0)]
    [InlineData(" 0e9", false, 0)]
    [InlineData("-0e9", false, 0)]
    public void A_code_has_four_hexadecimal_digits(string digits, bool isCode, int expected)
    {
        Assert.Equal(isCode, JsonEscapes.TryCode(Encoding.UTF8.GetBytes(digits), out var code));
        Assert.Equal(expected, code);
    }

    [Fact]
    public void A_string_is_cut_at_the_last_place_that_lies_between_its_pieces() =>
        Gen.Int[0, s_pieces.Length - 1]
            .Select(number => s_pieces[number])
            .Array[0, 12]
            .Sample(
                pieces =>
                {
                    var text = Encoding.UTF8.GetBytes(string.Concat(pieces));
                    var borders = new List<int> { 0 };
                    foreach (var piece in pieces.Select(piece => piece == "\\\\u0041" ? "\\\\|u|0|0|4|1" : piece))
                    {
                        foreach (var part in piece.Split('|'))
                            borders.Add(borders[^1] + Encoding.UTF8.GetByteCount(part));
                    }

                    for (var place = -1; place <= text.Length + 1; place++)
                        Assert.Equal(
                            borders.Last(border => border <= Math.Clamp(place, 0, text.Length)),
                            JsonEscapes.CutBefore(text, place)
                        );
                },
                iter: 2_000
            );

    [Fact]
    public void A_field_is_found_by_its_name_however_that_is_written()
    {
        var value = JsonFields.ParseObject("""{"a":1,"\u0062":2,"a":3,"c\n":{"d":[1,"x",null,true]}}""");

        Assert.Equal(["a", "b", "a", "c\n"], value.Fields().Select(field => field.Name));
        Assert.Equal((3L, 2L, (long?)null), (value.Number("a"), value.Number("b"), value.Number("x")));
        Assert.Equal(["1", "\"x\"", "null", "true"], value.Field("c\n").Items("d").Select(item => item.Json()));
        Assert.Equal("""{"d":[1,"x",null,true]}""", value.Field("c\n").Json());
        Assert.Empty(value.Items("a"));
        Assert.Empty(value.Field("a").Fields());
        Assert.Equal(("", ""), (default(JsonSlice).Json(), value.Field("a").Field("b").Json()));
    }

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("7.9", 7L)]
    [InlineData("-1", null)]
    [InlineData("999999999999999", 999_999_999_999_999L)]
    [InlineData("1e15", null)]
    [InlineData("1e400", null)]
    [InlineData("\"7\"", null)]
    [InlineData("null", null)]
    [InlineData("[7]", null)]
    public void A_number_is_from_zero_and_of_a_size_that_can_be_believed(string json, long? expected) =>
        Assert.Equal(expected, JsonFields.ParseObject($$"""{"n":{{json}}}""").Number("n"));

    [Theory]
    [InlineData("\"x\"", "x", "x")]
    [InlineData("\"\"", null, "")]
    [InlineData("7", null, null)]
    [InlineData("null", null, null)]
    [InlineData("{}", null, null)]
    public void A_text_is_a_string_that_is_not_empty(string json, string? text, string? any)
    {
        var value = JsonFields.ParseObject($$"""{"t":{{json}}}""");

        Assert.Equal((text, any), (value.Text("t"), value.Field("t").AnyText()));
    }

    [Theory]
    [InlineData("[1]")]
    [InlineData("\"x\"")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("")]
    public void What_is_no_object_is_none(string text) => Assert.Equal(default, JsonFields.ParseObject(text).Kind);

    [Theory]
    [InlineData("\"2026-03-02T09:00:00Z\"", true, 9)]
    [InlineData("1772442000", true, 9)]
    [InlineData("1772442000000", true, 9)]
    [InlineData("null", true, null)]
    [InlineData("\"noon\"", false, null)]
    [InlineData("\"\"", false, null)]
    [InlineData("true", false, null)]
    [InlineData("{}", false, null)]
    [InlineData("1e300", false, null)]
    public void An_instant_is_a_text_or_Unix_time_or_nothing(string json, bool isInstant, int? hour)
    {
        Assert.Equal(isInstant, JsonFields.ParseObject($$"""{"t":{{json}}}""").Field("t").TryInstant(out var ticks));
        Assert.Equal(hour, ticks is { } time ? new DateTime(time).Hour : null);
    }
}
