namespace PatternAnalysis.Shell;

/// <summary>
/// Reads PowerShell statements. Blocks, parentheses and script blocks are read by scanners of their own; keywords are passed
/// over. Expressions run nothing but the methods they call: those that are not known to be harmless are unknown.
/// </summary>
internal sealed class PowerShellScanner
{
    private readonly TextCursor _cursor;
    private readonly ReadingContext _context;
    private readonly PowerShellWordReader _wordReader;
    private readonly int _depth;
    private readonly SegmentOrigin _origin;
    private ShellSegment? _previous;
    private ShellSegment? _upstream;
    private bool _afterCommand;
    private bool _isCall;
    private bool _afterKeyword;

    public PowerShellScanner(string text, ReadingContext context, int depth, SegmentOrigin origin)
        : this(context.Cursor(text), context, depth, origin) { }

    public PowerShellScanner(TextCursor cursor, ReadingContext context, int depth, SegmentOrigin origin)
    {
        _cursor = cursor;
        _context = context;
        _depth = depth;
        _origin = origin;
        _wordReader = new PowerShellWordReader(cursor, context, depth);
    }

    /// <summary>Reads until the closing character, past it, or until the text ends.</summary>
    /// <param name="output">Gets the segments.</param>
    /// <param name="closing">The character that ends the block, or <c>'\0'</c> for a whole text.</param>
    /// <returns>Whether the end that was looked for was found.</returns>
    public bool ReadStatements(List<ShellSegment> output, char closing)
    {
        while (true)
        {
            PowerShellSyntax.SkipBlanks(_cursor);
            if (_cursor.AtEnd)
                return closing == '\0';

            var current = _cursor.Current;
            if (current == closing)
            {
                _cursor.Position++;
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
            '&' when _cursor.TrySkip("&&") => ShellOperator.And,
            '|' when _cursor.TrySkip("||") => ShellOperator.Or,
            '|' when _cursor.TrySkip("|") => ShellOperator.Pipe,
            '&' when _cursor.TrySkip("&") => ShellOperator.Background,
            _ => ShellOperator.Sequence,
        };
        if (found == ShellOperator.Sequence)
            _cursor.Position++;

        // "& name" calls; only after a command is it the background operator.
        _isCall = found == ShellOperator.Background && !_afterCommand;
        if (_isCall)
            return;
        if (_previous is { Operator: ShellOperator.None })
            _previous.Operator = found;
        if (found != ShellOperator.Sequence || current != '\n')
            _upstream = found == ShellOperator.Pipe ? _previous : null;
        _afterCommand = false;
    }

    private void ReadStrayClosing(List<ShellSegment> output)
    {
        var draft = NewDraft();
        draft.MarkUnknown("a closing bracket without its opening one");
        _cursor.Position++;
        Emit(draft, output);
    }

    private CommandDraft NewDraft()
    {
        var draft = new CommandDraft(_cursor.Position)
        {
            Upstream = _upstream,
            Origin = _origin,
            Depth = _depth,
        };
        _upstream = null;
        return draft;
    }

    private void Emit(CommandDraft draft, List<ShellSegment> output)
    {
        _previous = SegmentFactory.Emit(draft, _cursor.SliceFrom(draft.Start), ShellDialect.PowerShell, _context, output);
        _afterCommand = true;
    }

    /// <summary>Words that are no command: only what they contain counts, and that they could not be read.</summary>
    private void Drop(CommandDraft draft, List<ShellSegment> output)
    {
        if (draft.UnknownReason is null)
            _context.Hand(draft.Nested, output);
        else
            Emit(draft, output);
        _afterCommand = false;
    }

    private void ReadStatement(List<ShellSegment> output)
    {
        var current = _cursor.Current;
        var afterKeyword = _afterKeyword;
        _afterKeyword = false;
        if (current is '(' or '{')
        {
            ReadBlock(output, isCalled: _isCall && current == '(', afterKeyword);
            return;
        }

        if (current == '.' && _cursor.Peek(1) is ' ' or '\t')
        {
            _cursor.Position++;
            _isCall = true;
            return;
        }

        // A call operator makes a command of what would be an expression: & 'C:\Program Files\x.exe', & $tool.
        var called = _isCall;
        _isCall = false;
        if (!called && PowerShellSyntax.BeginsExpression(_cursor))
            ReadExpression(output);
        else if (called || !TryReadKeyword(output))
            ReadCommand(output);
    }

    /// <summary>A group or the body of a keyword; it runs at this level.</summary>
    private void ReadBlock(List<ShellSegment> output, bool isCalled, bool afterKeyword)
    {
        _isCall = false;
        var draft = NewDraft();
        if (isCalled)
            draft.MarkUnknown("it calls what an expression gives");
        var isGroup = _cursor.Current == '(' && !afterKeyword;
        _wordReader.ReadNested(draft, _cursor.Current == '(' ? ')' : '}', _origin);
        if (draft.UnknownReason is not null)
        {
            Emit(draft, output);
        }
        else
        {
            _context.Hand(draft.Nested, output);
            if (draft.Nested is [.., var last])
                _previous = last;
        }

        // A body, a condition and a list of parameters end what they belong to: "&" after them calls.
        _afterCommand = isGroup;
        if (_cursor.Current is '.' or '[' && !char.IsWhiteSpace(_cursor.Peek(1)))
        {
            ReadExpression(output);
            return;
        }

        if (!isGroup)
            return;
        PowerShellSyntax.SkipBlanks(_cursor);
        if (_cursor.Current is '-' or '+' or '*' or '/' or '%')
            ReadExpression(output);
    }

    private bool TryReadKeyword(List<ShellSegment> output)
    {
        var length = 0;
        while (char.IsAsciiLetter(_cursor.Peek(length)))
            length++;
        if (length == 0 || !PowerShellSyntax.EndsKeyword(_cursor.Peek(length)))
            return false;
        var word = _cursor.Text.Substring(_cursor.Position, length).ToLowerInvariant();
        if (word is "function" or "filter")
        {
            _cursor.Position += length;
            PowerShellSyntax.SkipBlanks(_cursor);
            var draft = NewDraft();
            _context.Functions.Define(_wordReader.Read(draft).Value);
            Drop(draft, output);
            return true;
        }

        if (word is "class" or "enum" or "configuration" or "workflow" or "using")
        {
            var draft = NewDraft();
            draft.MarkUnknown($"a {word} statement");
            _cursor.SkipLine();
            Emit(draft, output);
            return true;
        }

        if (!PowerShellSyntax.IsKeyword(word))
            return false;
        _cursor.Position += length;
        _afterKeyword = true;
        return true;
    }

    private void ReadCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        while (true)
        {
            PowerShellSyntax.SkipBlanks(_cursor);
            if (_cursor.AtEnd || _cursor.Current is '\n' or ';' or '|' or '&' or ')' or '}')
                break;
            if (TryReadRedirection(draft))
                continue;
            if (draft.Words.Count == 1 && _cursor.Current == '=' && _cursor.Peek(1) != '=')
            {
                // "Name = value" in a hashtable: the name is no command, the value may be one.
                _cursor.Position++;
                Drop(draft, output);
                return;
            }

            draft.Words.Add(_wordReader.Read(draft));
        }

        if (!draft.IsEmpty || draft.UnknownReason is not null)
            Emit(draft, output);
    }

    private bool TryReadRedirection(CommandDraft draft)
    {
        var skip = _cursor.Current is (>= '0' and <= '9') or '*' && _cursor.Peek(1) == '>' ? 1 : 0;
        if (_cursor.Peek(skip) is not ('>' or '<'))
            return false;
        _cursor.Position += skip;
        var found =
            _cursor.StartsWith(">>") ? ">>"
            : _cursor.StartsWith(">&") ? ">&"
            : _cursor.Current.ToString();
        _cursor.Position += found.Length;
        PowerShellSyntax.SkipBlanks(_cursor);
        draft.Redirections.Add(new ShellRedirection(found, _wordReader.Read(draft)));
        return true;
    }

    private void ReadExpression(List<ShellSegment> output)
    {
        var draft = NewDraft();
        while (!_cursor.AtEnd && _cursor.Current is not ('\n' or ';' or '|' or '&' or ')' or '}'))
        {
            if (BeginsParameters(draft))
            {
                Drop(draft, output);
                return;
            }

            if (IsAssignment())
            {
                // The target is dropped; what it gets is read as a statement of its own. What it sets outside the script is kept.
                if (EnvironmentVariable(_cursor.Text.AsSpan(draft.Start)) is { } name)
                {
                    draft.Assignments.Add(new ShellWord(name + "=$()", HasExpansion: true));
                    Emit(draft, output);
                    _afterCommand = false;
                    _upstream = draft.Upstream;
                    return;
                }

                Drop(draft, output);
                _upstream = draft.Upstream;
                return;
            }

            if (TryReadRedirection(draft))
            {
                PowerShellSyntax.SkipBlanks(_cursor);
                continue;
            }

            if (!_wordReader.ReadExpressionPart(draft))
                break;
            PowerShellSyntax.SkipBlanks(_cursor);
        }

        Emit(draft, output);
    }

    // $env:NAME or ${env:NAME}; a function or an alias that is set so is code for later.
    private static string? EnvironmentVariable(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("${");
        var colon = text.IndexOf(':');
        if (
            colon < 0
            || !(
                text[..colon].Equals("env", StringComparison.OrdinalIgnoreCase)
                || text[..colon].Equals("function", StringComparison.OrdinalIgnoreCase)
                || text[..colon].Equals("alias", StringComparison.OrdinalIgnoreCase)
            )
        )
            return null;
        var isVariable = text[..colon].Equals("env", StringComparison.OrdinalIgnoreCase);
        text = text[(colon + 1)..];
        var end = 0;
        while (end < text.Length && (PosixSyntax.IsNamePart(text[end]) || text[end] == '-'))
            end++;
        return isVariable ? text[..end].ToString().ToUpperInvariant() : "BASH_FUNC_" + text[..end].ToString();
    }

    // [CmdletBinding()] param (...): what stands before is an attribute and no value.
    private bool BeginsParameters(CommandDraft draft) =>
        _cursor.Text[draft.Start] == '['
        && _cursor.Text.AsSpan(_cursor.Position).StartsWith("param", StringComparison.OrdinalIgnoreCase)
        && _cursor.Peek("param".Length) is '(' or ' ' or '\t' or '\n' or '\r';

    private bool IsAssignment()
    {
        if (_cursor.StartsWith("in ") || _cursor.StartsWith("in\t"))
        {
            _cursor.Position += 2;
            return true;
        }

        var skip = _cursor.Current is '+' or '-' or '*' or '/' or '%' && _cursor.Peek(1) == '=' ? 1 : 0;
        if (_cursor.Peek(skip) != '=' || _cursor.Peek(skip + 1) == '=')
            return false;
        _cursor.Position += skip + 1;
        return true;
    }
}
