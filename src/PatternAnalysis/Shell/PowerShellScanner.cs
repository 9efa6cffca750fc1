namespace PatternAnalysis.Shell;

/// <summary>
/// Reads PowerShell statements. Blocks, parentheses and script blocks are read by scanners of their own; keywords are passed
/// over. Expressions run nothing but the methods they call: those that are not known to be harmless are unknown.
/// </summary>
internal sealed class PowerShellScanner
{
    private readonly TextCursor cursor;
    private readonly ReadingContext context;
    private readonly PowerShellWordReader wordReader;
    private readonly int depth;
    private readonly SegmentOrigin origin;
    private ShellSegment? previous;
    private ShellSegment? upstream;
    private bool afterCommand;
    private bool isCall;

    public PowerShellScanner(string text, ReadingContext context, int depth, SegmentOrigin origin)
        : this(context.Cursor(text), context, depth, origin) { }

    public PowerShellScanner(TextCursor cursor, ReadingContext context, int depth, SegmentOrigin origin)
    {
        this.cursor = cursor;
        this.context = context;
        this.depth = depth;
        this.origin = origin;
        wordReader = new PowerShellWordReader(cursor, context, depth);
    }

    /// <summary>Reads until the closing character, past it, or until the text ends.</summary>
    /// <param name="output">Gets the segments.</param>
    /// <param name="closing">The character that ends the block, or <c>'\0'</c> for a whole text.</param>
    /// <returns>Whether the end that was looked for was found.</returns>
    public bool ReadStatements(List<ShellSegment> output, char closing)
    {
        while (true)
        {
            PowerShellSyntax.SkipBlanks(cursor);
            if (cursor.AtEnd)
                return closing == '\0';

            var current = cursor.Current;
            if (current == closing)
            {
                cursor.Position++;
                return true;
            }

            if (current is '\n' or ';' or '|' or '&')
                ReadOperator(current);
            else if (current is ')' or '}')
                ReadStrayClosing(output);
            else
                ReadStatement(output);
        }
    }

    private void ReadOperator(char current)
    {
        var found = current switch
        {
            '&' when cursor.TrySkip("&&") => ShellOperator.And,
            '|' when cursor.TrySkip("||") => ShellOperator.Or,
            '|' when cursor.TrySkip("|") => ShellOperator.Pipe,
            '&' when cursor.TrySkip("&") => ShellOperator.Background,
            _ => ShellOperator.Sequence,
        };
        if (found == ShellOperator.Sequence)
            cursor.Position++;

        // "& name" calls; only after a command is it the background operator.
        isCall = found == ShellOperator.Background && !afterCommand;
        if (isCall)
            return;
        if (previous is { Operator: ShellOperator.None })
            previous.Operator = found;
        if (found != ShellOperator.Sequence || current != '\n')
            upstream = found == ShellOperator.Pipe ? previous : null;
        afterCommand = false;
    }

    private void ReadStrayClosing(List<ShellSegment> output)
    {
        var draft = NewDraft();
        draft.MarkUnknown("a closing bracket without its opening one");
        cursor.Position++;
        Emit(draft, output);
    }

    private CommandDraft NewDraft()
    {
        var draft = new CommandDraft(cursor.Position)
        {
            Upstream = upstream,
            Origin = origin,
            Depth = depth,
        };
        upstream = null;
        return draft;
    }

    private void Emit(CommandDraft draft, List<ShellSegment> output)
    {
        previous = SegmentFactory.Emit(draft, cursor.SliceFrom(draft.Start), ShellDialect.PowerShell, context, output);
        afterCommand = true;
    }

    /// <summary>Words that are no command: only what they contain counts, and that they could not be read.</summary>
    private void Drop(CommandDraft draft, List<ShellSegment> output)
    {
        if (draft.UnknownReason is null)
            context.Hand(draft.Nested, output);
        else
            Emit(draft, output);
        afterCommand = false;
    }

    private void ReadStatement(List<ShellSegment> output)
    {
        var current = cursor.Current;
        if (current is '(' or '{')
        {
            isCall = false;
            ReadBlock(output);
            return;
        }

        if (current == '.' && cursor.Peek(1) is ' ' or '\t')
        {
            cursor.Position++;
            isCall = true;
            return;
        }

        // A call operator makes a command of what would be an expression: & 'C:\Program Files\x.exe', & $tool.
        var called = isCall;
        isCall = false;
        if (!called && PowerShellSyntax.BeginsExpression(cursor))
            ReadExpression(output);
        else if (!TryReadKeyword(output))
            ReadCommand(output);
    }

    /// <summary>A group or the body of a keyword; it runs at this level.</summary>
    private void ReadBlock(List<ShellSegment> output)
    {
        var draft = NewDraft();
        wordReader.ReadNested(draft, cursor.Current == '(' ? ')' : '}', origin);
        if (draft.UnknownReason is not null)
        {
            Emit(draft, output);
        }
        else
        {
            context.Hand(draft.Nested, output);
            if (draft.Nested is [.., var last])
                previous = last;
        }

        afterCommand = true;
        if (cursor.Current is '.' or '[' && !char.IsWhiteSpace(cursor.Peek(1)))
            ReadExpression(output);
    }

    private bool TryReadKeyword(List<ShellSegment> output)
    {
        var length = 0;
        while (char.IsAsciiLetter(cursor.Peek(length)))
            length++;
        if (length == 0 || !PowerShellSyntax.EndsKeyword(cursor.Peek(length)))
            return false;
        var word = cursor.Text.Substring(cursor.Position, length).ToLowerInvariant();
        if (word is "function" or "filter")
        {
            cursor.Position += length;
            PowerShellSyntax.SkipBlanks(cursor);
            var draft = NewDraft();
            context.Functions.Define(wordReader.Read(draft).Value);
            Drop(draft, output);
            return true;
        }

        if (word is "class" or "enum" or "configuration" or "workflow" or "using")
        {
            var draft = NewDraft();
            draft.MarkUnknown($"a {word} statement");
            cursor.SkipLine();
            Emit(draft, output);
            return true;
        }

        if (!PowerShellSyntax.IsKeyword(word))
            return false;
        cursor.Position += length;
        return true;
    }

    private void ReadCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        while (true)
        {
            PowerShellSyntax.SkipBlanks(cursor);
            if (cursor.AtEnd || cursor.Current is '\n' or ';' or '|' or '&' or ')' or '}')
                break;
            if (TryReadRedirection(draft))
                continue;
            if (draft.Words.Count == 1 && cursor.Current == '=' && cursor.Peek(1) != '=')
            {
                // "Name = value" in a hashtable: the name is no command, the value may be one.
                cursor.Position++;
                Drop(draft, output);
                return;
            }

            draft.Words.Add(wordReader.Read(draft));
        }

        if (!draft.IsEmpty || draft.UnknownReason is not null)
            Emit(draft, output);
    }

    private bool TryReadRedirection(CommandDraft draft)
    {
        var skip = cursor.Current is (>= '0' and <= '9') or '*' && cursor.Peek(1) == '>' ? 1 : 0;
        if (cursor.Peek(skip) is not ('>' or '<'))
            return false;
        cursor.Position += skip;
        var found =
            cursor.StartsWith(">>") ? ">>"
            : cursor.StartsWith(">&") ? ">&"
            : cursor.Current.ToString();
        cursor.Position += found.Length;
        PowerShellSyntax.SkipBlanks(cursor);
        draft.Redirections.Add(new ShellRedirection(found, wordReader.Read(draft)));
        return true;
    }

    private void ReadExpression(List<ShellSegment> output)
    {
        var draft = NewDraft();
        while (!cursor.AtEnd && cursor.Current is not ('\n' or ';' or '|' or '&' or ')' or '}'))
        {
            if (IsAssignment())
            {
                // The target is dropped; what it gets is read as a statement of its own.
                Drop(draft, output);
                upstream = draft.Upstream;
                return;
            }

            if (TryReadRedirection(draft))
            {
                PowerShellSyntax.SkipBlanks(cursor);
                continue;
            }

            if (!wordReader.ReadExpressionPart(draft))
                break;
            PowerShellSyntax.SkipBlanks(cursor);
        }

        Emit(draft, output);
    }

    private bool IsAssignment()
    {
        if (cursor.StartsWith("in ") || cursor.StartsWith("in\t"))
        {
            cursor.Position += 2;
            return true;
        }

        var skip = cursor.Current is '+' or '-' or '*' or '/' or '%' && cursor.Peek(1) == '=' ? 1 : 0;
        if (cursor.Peek(skip) != '=' || cursor.Peek(skip + 1) == '=')
            return false;
        cursor.Position += skip + 1;
        return true;
    }
}
