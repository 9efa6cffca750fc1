using System.Text;

namespace PatternAnalysis.Recording;

/// <summary>
/// Adds members to a JSON text and takes them out again, in the text's own style. What is added last and taken out leaves the text as it
/// was.
/// </summary>
internal sealed class JsonTextEditor
{
    private readonly string _newLine;
    private readonly string _indent;
    private byte[] _text;

    /// <summary>Starts editing.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is no JSON.</exception>
    public JsonTextEditor(string text)
    {
        _text = Encoding.UTF8.GetBytes(text);
        Root = JsonTextNode.Parse(_text);
        _newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _indent = Root.Members.Count > 0 && IndentOf(Root.Members[0].Start) is { Length: > 0 } indent ? indent : "  ";
    }

    /// <summary>The whole value as it is now.</summary>
    public JsonTextNode Root { get; private set; }

    /// <summary>The text as it is now.</summary>
    public string Text => Encoding.UTF8.GetString(_text);

    /// <summary>Adds a member at the end of an object or array.</summary>
    /// <param name="parent">The object or array.</param>
    /// <param name="depth">How deep it lies; 0 is the root.</param>
    /// <param name="member">The member's text.</param>
    public void Add(JsonTextNode parent, int depth, string member)
    {
        var line = _newLine + string.Concat(Enumerable.Repeat(_indent, depth + 1));
        if (parent.Members.Count > 0)
            Replace(parent.Members[^1].End, parent.Members[^1].End, "," + line + member);
        else
            Replace(parent.ValueStart + 1, parent.End - 1, line + member + line[..^_indent.Length]);
    }

    /// <summary>Takes a member out, with the comma that joins it to the others.</summary>
    public void Remove(JsonTextNode parent, JsonTextNode member)
    {
        var index = parent.Members.ToList().IndexOf(member);
        if (parent.Members.Count == 1)
            Replace(parent.ValueStart + 1, parent.End - 1, "");
        else if (index == parent.Members.Count - 1)
            Replace(parent.Members[index - 1].End, member.End, "");
        else
            Replace(member.Start, parent.Members[index + 1].Start, "");
    }

    private void Replace(int start, int end, string text)
    {
        _text = [.. _text.AsSpan(0, start), .. Encoding.UTF8.GetBytes(text), .. _text.AsSpan(end)];
        Root = JsonTextNode.Parse(_text);
    }

    private string IndentOf(int position)
    {
        var line = _text.AsSpan(0, position).LastIndexOf((byte)'\n') + 1;
        var before = Encoding.UTF8.GetString(_text.AsSpan(line, position - line));
        return line > 0 && string.IsNullOrWhiteSpace(before) ? before : "";
    }
}
