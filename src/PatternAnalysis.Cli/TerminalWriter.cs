using System.Globalization;
using System.Text;

namespace PatternAnalysis.Cli;

/// <summary>
/// Hands text on without what a terminal obeys: names and notes come from others, and an escape sequence in one could move the cursor,
/// rewrite what was said
/// before, or set a title. Line ends and tabs stay; every other control and direction character becomes U+FFFD.
/// </summary>
internal sealed class TerminalWriter(TextWriter writer) : TextWriter(CultureInfo.InvariantCulture)
{
    public override Encoding Encoding => writer.Encoding;

    /// <summary>A text that is to be one line: without line ends as well.</summary>
    public static string Line(string text) =>
        text.Any(IsObeyed) ? string.Concat(text.Select(character => IsObeyed(character) ? '\uFFFD' : character)) : text;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        var text = new StringBuilder(buffer.Length);
        for (var i = 0; i < buffer.Length; i++)
        {
            // A carriage return alone would let what follows stand over the line.
            var stays =
                buffer[i] is '\n' or '\t' || (buffer[i] == '\r' && i + 1 < buffer.Length && buffer[i + 1] == '\n') || !IsObeyed(buffer[i]);
            text.Append(stays ? buffer[i] : '\uFFFD');
        }

        writer.Write(text.ToString());
    }

    public override void WriteLine() => writer.WriteLine();

    public override void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }

    public override void Flush() => writer.Flush();

    private static bool IsObeyed(char character) =>
        char.GetUnicodeCategory(character)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
