using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PatternAnalysis.Import;

namespace PatternAnalysis.Tests.Import;

/// <summary>The objects of a stream are found whatever lies around them, and however the stream hands out its bytes.</summary>
public class JsonValueReaderTests
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.Char["ab{}[]\",:\\\n\t é→\u2028"], 0, 8],
        Gen.Const("\ud83d\ude00"),
        Gen.Const("\\\"")
    );

    private static readonly Gen<JsonNode?> s_node = Gen.Recursive<JsonNode?>(
        (depth, inner) =>
            depth > 3
                ? s_text.Select(text => (JsonNode?)JsonValue.Create(text))
                : Gen.OneOf(
                    s_text.Select(text => (JsonNode?)JsonValue.Create(text)),
                    Gen.Int.Select(number => (JsonNode?)JsonValue.Create(number)),
                    Gen.Const(() => (JsonNode?)null),
                    inner.Array[0, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(Copy)])),
                    Gen.Select(s_text, inner).Array[0, 3].Select(Object)
                )
    );

    private static readonly Gen<JsonNode?[]> s_objects = Gen.Select(s_text, s_node).Array[0, 4].Select(Object).Array[0, 6];

    [Theory]
    [InlineData("lines")]
    [InlineData("array")]
    [InlineData("indented array")]
    [InlineData("concatenated")]
    [InlineData("indented")]
    public void Every_object_is_found(string form) =>
        Gen.Select(s_objects, Gen.Int[1, 40])
            .Sample(
                (objects, chunk) =>
                {
                    var found = Read(Write(objects, form), chunk);

                    Assert.All(found, value => Assert.Null(value.Problem));
                    Assert.Equal(
                        objects.Select(value => value!.ToJsonString()),
                        found.Select(value => JsonNode.Parse(value.Text)!.ToJsonString())
                    );
                }
            );

    [Fact]
    public void A_line_that_is_cut_off_anywhere_costs_itself_only() =>
        Gen.Select(s_objects.Where(objects => objects.Length > 2), Gen.Double[0, 0.99], Gen.Int[1, 40])
            .Sample(
                (objects, where, chunk) =>
                {
                    var lines = objects.Select(value => value!.ToJsonString()).ToArray();
                    lines[1] = lines[1][..(int)(where * lines[1].Length)];

                    var found = Read(string.Join('\n', lines), chunk);

                    Assert.Equal(
                        objects.Where((_, number) => number != 1).Select(value => value!.ToJsonString()),
                        found.Where(value => value.Problem is null).Select(value => JsonNode.Parse(value.Text)!.ToJsonString())
                    );
                    Assert.Equal(lines[1].Length == 0 ? 0 : 1, found.Count(value => value.Problem is not null));
                }
            );

    [Fact]
    public void Any_bytes_come_to_an_end_without_an_error() =>
        Gen.Select(Gen.Char["{}[]\",:\\\n\r\t ab1\0"].Array[0, 300], Gen.Int[1, 40])
            .Sample(
                (text, chunk) =>
                {
                    var found = Read(new string(text), chunk);

                    Assert.All(found, value => Assert.InRange(value.Line, 1, text.Count(character => character == '\n') + 1));
                    Assert.Equal(found.Select(value => value.Line).Order(), found.Select(value => value.Line));
                    Assert.All(found, value => Assert.Equal(value.Problem is null, value.Text.StartsWith('{') && value.Text.EndsWith('}')));
                }
            );

    [Fact]
    public void Lines_are_counted_from_one()
    {
        var found = Read("\n{\"a\":1}\n\nno\n{\n\"b\":2}\n{\"c\":3}", 7);

        Assert.Equal(
            [(2, null), (4, SkipReason.Malformed), (5, null), (7, (string?)null)],
            found.Select(value => ((int)value.Line, value.Problem))
        );
    }

    private static JsonNode? Object((string Key, JsonNode? Value)[] fields)
    {
        var node = new JsonObject();
        foreach (var (key, value) in fields)
            node[key] = Copy(value);
        return node;
    }

    private static JsonNode? Copy(JsonNode? node) => node?.DeepClone();

    private static string Write(JsonNode?[] objects, string form) =>
        form switch
        {
            "lines" => string.Join('\n', objects.Select(value => value!.ToJsonString())),
            "array" => new JsonArray([.. objects.Select(Copy)]).ToJsonString(),
            "indented array" => new JsonArray([.. objects.Select(Copy)]).ToJsonString(s_indented),
            "concatenated" => string.Concat(objects.Select(value => value!.ToJsonString())),
            _ => string.Join('\n', objects.Select(value => value!.ToJsonString(s_indented))),
        };

    private static List<(string Text, string? Problem, long Line)> Read(string text, int chunk)
    {
        using var reader = new JsonValueReader(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk));
        var found = new List<(string, string?, long)>();
        while (reader.Read())
            found.Add((Encoding.UTF8.GetString(reader.Value.Span), reader.Problem, reader.Line));
        return found;
    }

    /// <summary>Hands out a few bytes at a time, as a pipe does.</summary>
    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, chunk));
    }
}
