namespace PatternAnalysis.Shell;

/// <summary>A text and a place in it; reading past the end gives <c>'\0'</c>.</summary>
internal sealed class TextCursor(string text, ReadingWork work)
{
    private int _position;

    public string Text { get; } = text;

    /// <summary>Between 0 and the text's length: an escape at the very end may ask for one place more.</summary>
    public int Position
    {
        get => _position;
        set
        {
            var next = Math.Min(value, Text.Length);
            work.Add(Math.Abs(next - _position));
            _position = next;
        }
    }

    public bool AtEnd => Position >= Text.Length;

    public char Current => Peek(0);

    public char Peek(int offset) => Position + offset < Text.Length ? Text[Position + offset] : '\0';

    public bool StartsWith(string value) => string.CompareOrdinal(Text, Position, value, 0, value.Length) == 0;

    public bool TrySkip(string value)
    {
        if (!StartsWith(value))
            return false;
        Position += value.Length;
        return true;
    }

    public void SkipToEnd() => Position = Text.Length;

    public void SkipLine()
    {
        var end = Text.IndexOf('\n', Position);
        Position = end < 0 ? Text.Length : end;
    }

    /// <summary>The text from a place to here without the blanks around it.</summary>
    public string SliceFrom(int start) => Text.AsSpan(start, Position - start).Trim().ToString();
}
