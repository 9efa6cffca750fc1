namespace PatternAnalysis.Shell;

/// <summary>What the scanners of one text and of the texts inside it share: the limits, and the functions it defines.</summary>
internal sealed class ReadingContext(int textLength)
{
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);

    // An interpreter's argument is read as a text of its own, a here-document's body too. Nesting bounds how often; this bounds how much.
    private long remainingCharacters = (8L * textLength) + 1024;
    private int remainingSegments = ShellReader.MaximumSegments;

    public void DefineFunction(string name) => functions.Add(name);

    public bool IsFunction(string name) => functions.Contains(name);

    public bool TryTakeSegment() => remainingSegments-- > 0;

    /// <summary>Whether a text of this length may be read at this depth.</summary>
    public bool TryEnter(int depth, int length)
    {
        remainingCharacters -= length;
        return depth <= ShellReader.MaximumDepth && remainingCharacters >= 0;
    }

    /// <summary>Reads a text of its own; false when it lies past a limit.</summary>
    public bool Read(string text, ShellDialect dialect, int depth, SegmentOrigin origin, List<ShellSegment> output)
    {
        if (!TryEnter(depth, text.Length))
            return false;
        if (dialect == ShellDialect.PowerShell)
            new PowerShellScanner(text, this, depth, origin).ReadStatements(output, closing: '\0');
        else
            new PosixScanner(text, this, depth, origin).ReadCommands(output, untilParenthesis: false);
        return true;
    }
}
