using PatternAnalysis.Surfaces;

namespace PatternAnalysis.Cli;

/// <summary>
/// What is being done, in one line of standard error that goes away again; nothing where that is no terminal, or one that can't go back in
/// a line. Blanks take the line away, and no escape sequence, so that there is nothing to switch off.
/// </summary>
internal sealed class StatusLine : IDisposable
{
    // Every terminal is at least this wide (80 columns, of which the last is left empty).
    private const int Width = 79;

    private readonly TextWriter? _terminal =
        Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb"
            ? null
            : new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };

    private int _length;

    public void Show(string text)
    {
        if (_terminal is null)
            return;

        text = SurfaceText.Line(text);
        text = text[..Math.Min(text.Length, Width)];
        _terminal.Write($"\r{text.PadRight(_length)}");
        _length = text.Length;
    }

    public void Dispose()
    {
        if (_length > 0)
            _terminal?.Write($"\r{new string(' ', _length)}\r");
        _length = 0;
        _terminal?.Dispose();
    }
}
