using System.Globalization;
using System.Text;
using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli;

/// <summary>
/// Hands text on without what a terminal obeys: names and notes come from others, and an escape sequence in one could move the cursor,
/// rewrite what was said before, or set a title. Line ends and tabs stay; every other control and direction character becomes U+FFFD.
/// </summary>
internal sealed class TerminalWriter(TextWriter writer) : TextWriter(CultureInfo.InvariantCulture)
{
    private string _half = "";

    public override Encoding Encoding => writer.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        // A surrogate pair may come in two writes: its first half waits for the second.
        var text = _half + buffer.ToString();
        var holdsHalf = text.Length > 0 && char.IsHighSurrogate(text[^1]);
        _half = holdsHalf ? text[^1..] : "";
        writer.Write(SurfaceText.Block(holdsHalf ? text[..^1] : text));
    }

    public override void WriteLine() => writer.WriteLine();

    public override void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }

    public override void Flush() => writer.Flush();
}
