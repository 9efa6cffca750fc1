namespace PatternAnalysis.Shell;

/// <summary>
/// Reads POSIX command lists. Groups and keywords are flat here: a reader of segments needs what runs, not when, so only
/// what nests inside a word (a substitution) is read by a scanner of its own.
/// </summary>
internal sealed partial class PosixScanner
{
    private enum Block
    {
        Subshell,
        Case,
    }

    private readonly TextCursor _cursor;
    private readonly ReadingContext _context;
    private readonly PosixWordReader _wordReader;
    private readonly HereDocumentReader _hereDocuments;
    private readonly int _depth;
    private readonly SegmentOrigin _origin;
    private readonly Stack<Block> _blocks = new();
    private ShellSegment? _previous;
    private ShellSegment? _upstream;
    private readonly int _outerScopes;
    private int _subshells;
    private bool _afterGroup;
    private readonly Stack<int> _groups = new();
    private List<ShellSegment> _output = [];
    private int _groupStart;

    public PosixScanner(string text, ReadingContext context, int depth, SegmentOrigin origin)
        : this(context.Cursor(text), context, depth, origin) { }

    public PosixScanner(TextCursor cursor, ReadingContext context, int depth, SegmentOrigin origin)
    {
        _cursor = cursor;
        _context = context;
        _depth = depth;
        _origin = origin;
        _outerScopes = context.Functions.Depth;
        _wordReader = new PosixWordReader(cursor, context, depth);
        _hereDocuments = new HereDocumentReader(cursor, context, depth);
    }

    /// <summary>Reads until the text ends or, inside a substitution, past its closing parenthesis.</summary>
    /// <returns>Whether the end that was looked for was found.</returns>
    public bool ReadCommands(List<ShellSegment> output, bool untilParenthesis)
    {
        _context.Functions.Open();
        _output = output;
        var found = ReadList(output, untilParenthesis);
        _context.Functions.CloseTo(_outerScopes);
        return found;
    }

    private bool ReadList(List<ShellSegment> output, bool untilParenthesis)
    {
        while (true)
        {
            SkipBlanks();
            if (_cursor.AtEnd)
            {
                if (_blocks.Count > 0)
                    MarkUnfinished(output);
                return !untilParenthesis;
            }

            switch (_cursor.Current)
            {
                case '\n':
                    EndLine(output);
                    break;
                case ')' when _blocks.TryPeek(out var block):
                    _cursor.Position++;
                    if (block == Block.Subshell)
                        CloseSubshell();
                    break;
                case ')' when untilParenthesis:
                    _cursor.Position++;
                    return true;
                case ')':
                    _cursor.Position++;
                    EmitUnknown(output, "a closing parenthesis without its opening one");
                    break;
                case ';' or '|' or '&' when !_cursor.StartsWith("&>"):
                    ReadOperator(output);
                    break;
                case '(' when _cursor.Peek(1) == '(' && TryReadArithmeticCommand(output):
                    break;
                case '(':
                    _cursor.Position++;
                    _blocks.Push(Block.Subshell);
                    OpenGroup();
                    _subshells++;
                    break;
                default:
                    ReadCommand(output);
                    break;
            }
        }
    }

    private SegmentOrigin CurrentOrigin => _subshells > 0 ? SegmentOrigin.Subshell : _origin;

    private void CloseSubshell()
    {
        _blocks.Pop();
        CloseScope();
        _subshells--;
        CloseGroup();
    }

    private void OpenGroup()
    {
        _context.Functions.Open();
        _groups.Push(_output.Count);
    }

    private void CloseGroup()
    {
        _afterGroup = true;
        _groupStart = _groups.TryPop(out var start) ? start : int.MinValue;
    }

    private SegmentGroup? Group() =>
        _afterGroup && _groupStart >= 0 && _output.Count >= _groupStart
            ? new SegmentGroup(_output, _groupStart, _output.Count - _groupStart)
            : null;

    private CommandDraft NewDraft()
    {
        var draft = new CommandDraft(_cursor.Position)
        {
            Upstream = _upstream,
            Origin = CurrentOrigin,
            Depth = _depth,
            EndsGroup = _afterGroup,
            Group = Group(),
        };
        _upstream = null;
        _afterGroup = false;
        return draft;
    }

    private void ReadOperator(List<ShellSegment> output)
    {
        var found = _cursor.Current switch
        {
            '&' when _cursor.TrySkip("&&") => ShellOperator.And,
            '|' when _cursor.TrySkip("||") => ShellOperator.Or,
            '|' when _cursor.TrySkip("|&") || _cursor.TrySkip("|") => ShellOperator.Pipe,
            '&' when _cursor.TrySkip("&") => ShellOperator.Background,
            _ => ShellOperator.Sequence,
        };
        Join(found);
        EndFunction(found);
        _afterGroup = false;
        _upstream = found == ShellOperator.Pipe ? _previous : null;
        if (found != ShellOperator.Sequence)
            return;

        var endsCaseBranch = _cursor.TrySkip(";;&") || _cursor.TrySkip(";;") || _cursor.TrySkip(";&");
        if (!endsCaseBranch)
            _cursor.Position++;
        else if (_blocks.TryPeek(out var block) && block == Block.Case)
        {
            NextScope();
            ReadCasePattern(output);
        }
    }

    private void Join(ShellOperator next)
    {
        if (_previous is { Operator: ShellOperator.None })
            _previous.Operator = next;
    }

    private void EndLine(List<ShellSegment> output)
    {
        // "a |" and "a &&" go on in the next line: the operator is set already, and the pipe stays open.
        Join(ShellOperator.Sequence);
        EndFunction(ShellOperator.Sequence);
        _afterGroup = false;
        _cursor.Position++;
        _hereDocuments.ReadBodies(output);
    }

    private void ReadCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        _commandSinceOperator = true;
        _isConditional = _lastOperator is ShellOperator.And or ShellOperator.Or or ShellOperator.Pipe;
        while (true)
        {
            SkipBlanks();
            var current = _cursor.Current;
            if (_cursor.AtEnd || current is '\n' or ';' or '|' or ')' || (current == '&' && !_cursor.StartsWith("&>")))
                break;

            if (current == '(')
            {
                if (TryReadFunctionHeader(draft))
                {
                    Drop(draft, output);
                    return;
                }

                draft.MarkUnknown("a parenthesis where no command begins");
                break;
            }

            if (TryReadRedirection(draft))
                continue;

            var word = _wordReader.Read(draft);
            if (draft.Words.Count == 0)
            {
                if (PosixSyntax.IsAssignment(word.Value))
                {
                    if (PosixArithmetic.IsEvaluatedBy(word.Value))
                        _context.Late.LookAtArithmetic(draft);
                    draft.Assignments.Add(word);
                    continue;
                }

                if (!word.IsQuoted && draft.Assignments.Count == 0 && TryReadKeyword(word.Value, draft, output))
                {
                    // The keyword took the pipe's place only in name: "curl x | while read line" feeds the loop's commands.
                    Drop(draft, output);
                    _upstream = draft.Upstream;
                    return;
                }
            }

            draft.Words.Add(word);
            if (draft.Words.Count == 1 && word.Value == "[[")
                ReadTest(draft);
        }

        if (!draft.IsEmpty || draft.UnknownReason is not null)
            Emit(draft, output);
    }

    /// <summary>Everything between <c>[[</c> and <c>]]</c> is words: <c>&lt;</c> and <c>||</c> compare there.</summary>
    private void ReadTest(CommandDraft draft)
    {
        while (true)
        {
            SkipBlanks();
            if (_cursor.AtEnd || _cursor.Current is '\n' or ';')
                return;
            var word = _wordReader.Read(draft, insideTest: true);
            draft.Words.Add(word);
            if (word.Value == "]]")
                return;
        }
    }

    /// <summary>Words that are no command: only what they contain counts, and that they could not be read.</summary>
    private void Drop(CommandDraft draft, List<ShellSegment> output)
    {
        if (draft.UnknownReason is null)
            _context.Hand(draft.Nested, output);
        else
            Emit(draft, output);
    }

    private void Emit(CommandDraft draft, List<ShellSegment> output) =>
        _previous = SegmentFactory.Emit(draft, _cursor.SliceFrom(draft.Start), ShellDialect.Posix, _context, output);

    private bool TryReadRedirection(CommandDraft draft)
    {
        var start = _cursor.Position;
        while (char.IsAsciiDigit(_cursor.Current))
            _cursor.Position++;
        var found = PosixSyntax.RedirectionAt(_cursor);
        if (found is null)
        {
            _cursor.Position = start;
            return false;
        }

        _cursor.Position += found.Length;
        SkipBlanks();
        var target = _wordReader.Read(draft);
        if (found is "<<" or "<<-")
            _hereDocuments.Expect(target, stripTabs: found == "<<-");
        draft.Redirections.Add(new ShellRedirection(found, target));
        return true;
    }

    private void MarkUnfinished(List<ShellSegment> output)
    {
        const string Reason = "a group without its end";
        if (_previous is null)
            EmitUnknown(output, Reason);
        else
            _previous.UnknownReason ??= Reason;
    }

    private void EmitUnknown(List<ShellSegment> output, string reason)
    {
        var draft = new CommandDraft(_cursor.Position - 1) { Origin = CurrentOrigin, Depth = _depth };
        draft.MarkUnknown(reason);
        Emit(draft, output);
    }

    private void SkipBlanksAndLines(List<ShellSegment> output)
    {
        SkipBlanks();
        while (_cursor.Current == '\n')
        {
            EndLine(output);
            SkipBlanks();
        }
    }

    private void SkipBlanks() => PosixSyntax.SkipBlanks(_cursor);
}
