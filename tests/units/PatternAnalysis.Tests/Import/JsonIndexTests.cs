using System.Text;
using System.Text.Json;
using CsCheck;
using PatternAnalysis.Import;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Tests.Import;

/// <summary>Values are read where they stand exactly as the framework's reader reads them, and it refuses what that refuses.</summary>
public class JsonIndexTests
{
    // Pieces of JSON, in any order: mostly broken, and now and then not.
    private static readonly Gen<string> s_pieces = AnyOf(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"\"",
        "\"\\n\\u00e9\\\\\"",
        "\"\\ud83d\\ude00\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\nb\"",
        "\"→\"",
        "true",
        "fals",
        "null",
        "0",
        "-1.5e+3",
        "01",
        "1.",
        "-",
        " ",
        "\n",
        "\t"
    )
        .Array[1, 12]
        .Select(pieces => string.Concat(pieces));

    private static readonly Gen<string> s_values = Gen.Recursive<string>(
        (depth, inner) =>
            depth > 3
                ? AnyOf("1", "\"x\"", "null")
                : Gen.OneOf(
                    Gen.String[Gen.Char["ab\"\\\n\t é→\u2028"], 0, 20].Select(text => JsonSerializer.Serialize(text)),
                    Gen.Double.Where(double.IsFinite).Select(number => JsonSerializer.Serialize(number)),
                    AnyOf("true", "false", "null", "-0", "1e5"),
                    inner.Array[0, 3].Select(items => $"[{string.Join(" , ", items)}]"),
                    Gen.Select(AnyOf("a", "b", "a\\nb", "\\u0061"), inner)
                        .Array[0, 4]
                        .Select(fields => $"{{{string.Join(",\n", fields.Select(field => $"\"{field.Item1}\" : {field.Item2}"))}}}")
                )
    );

    [Fact]
    public void What_is_no_JSON_is_told_from_what_is() => s_pieces.Sample(text => AssertSame(text), iter: 20_000);

    [Fact]
    public void The_index_reads_the_values_that_JsonDocument_reads() => s_values.Sample(text => AssertSame(text), iter: 2_000);

    [Theory]
    [InlineData(64, null)]
    [InlineData(65, SkipReason.TooDeep)]
    public void Nesting_has_a_bound(int depth, string? problem) =>
        Assert.Equal(problem, new JsonIndex().Read(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth))));

    [Fact]
    public void Half_of_a_surrogate_pair_is_no_text()
    {
        var index = new JsonIndex();
        Assert.Null(index.Read("""{"a":"\ud83d","b":"\ud83dx","c":"\ude00"}"""u8.ToArray()));

        foreach (var (_, value) in index.Root.Fields())
            Assert.Throws<InvalidOperationException>(() => value.Text());
    }

    [Fact]
    public void The_ends_of_a_string_are_cut_through_no_character_and_through_no_line_beside_others() =>
        Gen.Select(AnyOf("a", "é", "→", "\\n", "\\\\", "\\u00e9", "\\ud83d\\ude00", "😀").Array[0, 40], Gen.Int[0, 60])
            .Sample(
                (pieces, length) =>
                {
                    var index = new JsonIndex();
                    Assert.Null(index.Read(Encoding.UTF8.GetBytes($"\"{string.Concat(pieces)}\"")));

                    var text = index.Root.AnyText()!;
                    var ends = index.Root.Ends(length).ToString();
                    Assert.Contains(
                        Enumerable.Range(0, ends.Length).Where(place => ends[place] == '\n'),
                        place =>
                        {
                            var (first, last) = (ends[..place], ends[(place + 1)..]);
                            return text.StartsWith(first, StringComparison.Ordinal)
                                && text.EndsWith(last, StringComparison.Ordinal)
                                && (first.LastIndexOf('\n') <= 0 || text[first.Length] == '\n')
                                && (
                                    last.Length == text.Length
                                    || !last.Contains('\n', StringComparison.Ordinal)
                                    || text[^(last.Length + 1)] == '\n'
                                );
                        }
                    );
                }
            );

    private static Gen<string> AnyOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(place => texts[place]);

    private static void AssertSame(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var index = new JsonIndex();
        JsonDocument? expected = null;
        try
        {
            expected = JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            // No JSON.
        }

        Assert.Equal(expected is null, index.Read(bytes) is not null);
        if (expected is not null)
            AssertSame(expected.RootElement, index.Root);
    }

    private static void AssertSame(JsonElement expected, JsonSlice actual)
    {
        Assert.Equal(expected.ValueKind, actual.Kind);
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                Assert.Equal(expected.EnumerateObject().Select(field => field.Name), actual.Fields().Select(field => field.Name));
                foreach (var (field, (_, value)) in expected.EnumerateObject().Zip(actual.Fields()))
                {
                    AssertSame(field.Value, value);
                    AssertSame(expected.GetProperty(field.Name), actual.Field(field.Name)); // the last of one name
                }

                break;
            case JsonValueKind.Array:
                Assert.Equal(expected.GetArrayLength(), actual.Items().Count());
                foreach (var (item, value) in expected.EnumerateArray().Zip(actual.Items()))
                    AssertSame(item, value);
                break;
            case JsonValueKind.String:
                Assert.Equal(expected.GetString(), actual.AnyText());
                break;
            case JsonValueKind.Number:
                Assert.True(actual.TryNumber(out var number));
                Assert.Equal(expected.GetDouble(), number);
                break;
        }

        Assert.Equal(expected.GetRawText(), actual.Json());
    }
}
