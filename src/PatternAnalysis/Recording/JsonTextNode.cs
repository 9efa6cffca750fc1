using System.Text.Json;

namespace PatternAnalysis.Recording;

/// <summary>Where a value lies in a JSON text, so that a part of the text can be changed and the rest stays as somebody wrote it.</summary>
internal sealed class JsonTextNode
{
    private readonly List<JsonTextNode> _members = [];

    private JsonTextNode(string? name, int start) => (Name, Start) = (name, start);

    /// <summary>The name, when it is a field of an object.</summary>
    public string? Name { get; }

    /// <summary>Where it begins, with its name, in bytes.</summary>
    public int Start { get; }

    /// <summary>Where the value itself begins.</summary>
    public int ValueStart { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    /// <summary>What kind of value it is.</summary>
    public JsonTokenType Kind { get; private set; }

    /// <summary>The text of a string.</summary>
    public string? Text { get; private set; }

    /// <summary>The fields of an object or the elements of an array.</summary>
    public IReadOnlyList<JsonTextNode> Members => _members;

    /// <summary>The last field of a name, which is the one that counts.</summary>
    public JsonTextNode? this[string name] => _members.FindLast(member => member.Name == name);

    /// <summary>Reads a text.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonTextNode Parse(ReadOnlySpan<byte> json, JsonReaderOptions options = default)
    {
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        var root = Read(ref reader, null, (int)reader.TokenStartIndex);
        while (reader.Read()) { }

        return root;
    }

    private static JsonTextNode Read(ref Utf8JsonReader reader, string? name, int start)
    {
        var node = new JsonTextNode(name, start) { ValueStart = (int)reader.TokenStartIndex, Kind = reader.TokenType };
        if (reader.TokenType == JsonTokenType.String)
            node.Text = reader.GetString();

        while (
            node.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray
            && reader.Read()
            && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray)
        )
        {
            var memberStart = (int)reader.TokenStartIndex;
            string? memberName = null;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                memberName = reader.GetString();
                reader.Read();
            }

            node._members.Add(Read(ref reader, memberName, memberStart));
        }

        node.End = (int)reader.BytesConsumed;
        return node;
    }
}
