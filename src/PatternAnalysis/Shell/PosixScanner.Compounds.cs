namespace PatternAnalysis.Shell;

/// <summary>Keywords, loops, branches and functions; which functions are defined at a place is kept on the way.</summary>
internal sealed partial class PosixScanner
{
    private bool _isConditional;
    private bool _commandSinceOperator;
    private ShellOperator _lastOperator;
    private string? _lastFunction;
    private int _lastFunctionScope;

    private bool TryReadKeyword(string word, CommandDraft draft, List<ShellSegment> output)
    {
        switch (word)
        {
            case "!" or "coproc":
                return true;
            case "if" or "while" or "until" or "{":
                OpenGroup();
                _lastOperator = ShellOperator.None;
                return true;
            case "then" or "elif" or "else" or "do":
                NextScope();
                return true;
            case "fi" or "done" or "}":
                CloseScope();
                CloseGroup();
                return true;
            case "time":
                // The keyword times a group too; before a plain command it is a wrapper like the program of that name.
                SkipBlanks();
                return _cursor.Current is '(' or '{';
            case "for" or "select":
                OpenGroup();
                ReadForHeader(draft);
                return true;
            case "case":
                ReadCaseHeader(draft, output);
                return true;
            case "esac":
                if (_blocks.TryPeek(out var block) && block == Block.Case)
                    _blocks.Pop();
                CloseScope();
                CloseGroup();
                return true;
            case "function":
                SkipBlanks();
                DefineFunction(_wordReader.Read(draft).Value);
                SkipBlanks();
                if (_cursor.TrySkip("("))
                {
                    SkipBlanks();
                    _cursor.TrySkip(")");
                }

                return true;
            default:
                return false;
        }
    }

    private bool TryReadFunctionHeader(CommandDraft draft)
    {
        if (draft.Words.Count != 1 || draft.Assignments.Count > 0)
            return false;
        var start = _cursor.Position++;
        SkipBlanks();
        if (_cursor.TrySkip(")"))
        {
            DefineFunction(draft.Words[0].Value);
            return true;
        }

        _cursor.Position = start;
        return false;
    }

    private void ReadForHeader(CommandDraft draft)
    {
        SkipBlanks();
        if (_cursor.StartsWith("((") && _wordReader.TryReadArithmetic(draft, opening: 2))
            return;

        string? name = null;
        var place = 0;
        while (!_cursor.AtEnd && _cursor.Current is not ('\n' or ';' or '|' or '&' or '(' or ')' or '<' or '>'))
        {
            var word = _wordReader.Read(draft).Value;
            _context.Late.LookAtValue(word);
            name ??= word;
            // Behind the name and "in".
            if (place++ > 1)
                _context.Values.Add(name, word);
            SkipBlanks();
        }
    }

    private void ReadCaseHeader(CommandDraft draft, List<ShellSegment> output)
    {
        SkipBlanks();
        _wordReader.Read(draft);
        SkipBlanksAndLines(output);
        _cursor.TrySkip("in");
        _blocks.Push(Block.Case);
        OpenGroup();
        ReadCasePattern(output);
    }

    private void ReadCasePattern(List<ShellSegment> output)
    {
        SkipBlanksAndLines(output);
        _cursor.TrySkip("(");
        var draft = NewDraft();
        while (!_cursor.AtEnd && _cursor.Current is not ')')
        {
            if (_cursor.Current is '|' or '\n' or ';' or '&' or '<' or '>' or '(')
            {
                _cursor.Position++;
                continue;
            }

            var word = _wordReader.Read(draft);
            if (word is { Value: "esac", IsQuoted: false })
            {
                _blocks.Pop();
                CloseScope();
                Drop(draft, output);
                CloseGroup();
                return;
            }

            SkipBlanks();
        }

        _cursor.TrySkip(")");
        Drop(draft, output);
    }

    private bool TryReadArithmeticCommand(List<ShellSegment> output)
    {
        var draft = NewDraft();
        if (!_wordReader.TryReadArithmetic(draft, opening: 2))
        {
            _upstream = draft.Upstream;
            _afterGroup = draft.EndsGroup;
            return false;
        }

        Drop(draft, output);
        return true;
    }

    // What "a && f() { ... }" defines is not there when a fails; a pipeline and "&" define it in another process.
    private void DefineFunction(string name)
    {
        _lastOperator = ShellOperator.None;
        _context.Late.LookAtFunction();
        if (_isConditional)
            return;
        _context.Functions.Define(name);
        (_lastFunction, _lastFunctionScope) = (name, _context.Functions.Depth);
    }

    private void EndFunction(ShellOperator next)
    {
        _lastOperator =
            next == ShellOperator.Sequence && _lastOperator is not ShellOperator.None && !_commandSinceOperator ? _lastOperator : next;
        _commandSinceOperator = false;
        if (_lastFunction is null || _context.Functions.Depth > _lastFunctionScope)
            return;
        if (next is ShellOperator.Pipe or ShellOperator.Background)
            _context.Functions.Undefine(_lastFunction);
        _lastFunction = null;
    }

    private void CloseScope() => _context.Functions.CloseTo(Math.Max(_outerScopes + 1, _context.Functions.Depth - 1));

    private void NextScope()
    {
        if (_context.Functions.Depth > _outerScopes + 1)
            CloseScope();
        _context.Functions.Open();
        _lastOperator = ShellOperator.None;
    }
}
