namespace PatternAnalysis.Shell;

/// <summary>What the scanners of one text and of the texts inside it share: the limits, and the functions it defines.</summary>
internal sealed class ReadingContext
{
    // An interpreter's argument is read as a text of its own, a here-document's body too. Nesting bounds how often; this bounds how much.
    private long _remainingCharacters;
    private long _remainingLookahead;
    private int _remainingSegments = ShellReader.MaximumSegments;

    // find -exec find -exec ...: each hands all that follows on to the next. Nesting bounds how often; this bounds how much.
    private long _remainingWords;

    public ReadingContext(int textLength)
    {
        _remainingCharacters = (4L * textLength) + 4096;
        _remainingLookahead = (8L * textLength) + 1024;
        _remainingWords = (textLength / 16) + 1024;
        Work = new ReadingWork();
        Values = new KnownValues(textLength, Work);
    }

    public FunctionScopes Functions { get; private set; } = new(StringComparer.Ordinal);

    public ReadingWork Work { get; }

    /// <summary>What variables may stand for.</summary>
    public KnownValues Values { get; }

    /// <summary>What is known only when all was read.</summary>
    public LateDoubts Late { get; } = new();

    public TextCursor Cursor(string text) => new(text, Work);

    public bool TryTakeSegment() => _remainingSegments-- > 0;

    /// <summary>Whether so many characters may be looked at that will be read later.</summary>
    public bool TryLookAhead(int length)
    {
        Work.Add(length);
        _remainingLookahead -= length;
        return _remainingLookahead >= 0;
    }

    /// <summary>Adds segments that were taken already to the list of those around them.</summary>
    public void Hand(List<ShellSegment> from, List<ShellSegment> to)
    {
        Work.Add(from.Count);
        to.AddRange(from);
    }

    /// <summary>Whether so many words may be handed on to a program that runs them.</summary>
    public bool TryHandOn(int words)
    {
        Work.Add(words);
        _remainingWords -= words;
        return _remainingWords >= 0;
    }

    /// <summary>Whether a text of this length may be read at this depth.</summary>
    public bool TryEnter(int depth, int length)
    {
        _remainingCharacters -= length;
        return depth <= ShellReader.MaximumDepth && _remainingCharacters >= 0;
    }

    /// <summary>Reads a text of its own; false when it lies past a limit.</summary>
    public bool Read(string text, ShellDialect dialect, int depth, SegmentOrigin origin, List<ShellSegment> output)
    {
        if (!TryEnter(depth, text.Length))
            return false;

        // A substitution knows the functions around it; a shell that is given a text as its argument is another process.
        var outer = Functions;
        if (origin == SegmentOrigin.InterpreterArgument)
            Functions = new FunctionScopes(StringComparer.Ordinal);
        if (dialect == ShellDialect.PowerShell)
            new PowerShellScanner(text, this, depth, origin).ReadStatements(output, closing: '\0');
        else
            new PosixScanner(text, this, depth, origin).ReadCommands(output, untilParenthesis: false);
        Functions = outer;
        return true;
    }
}
