using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Reads one PowerShell word or one part of an expression; commands inside go to the draft's nested segments.</summary>
internal sealed class PowerShellWordReader(TextCursor cursor, ReadingContext context, int depth)
{
    private readonly StringBuilder _value = new();
    private bool _isQuoted;
    private bool _hasExpansion;

    /// <summary>Reads the word at the cursor and moves past it, by at least one character.</summary>
    public ShellWord Read(CommandDraft draft)
    {
        Clear();
        var start = cursor.Position;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            if (current is '(' or '{')
            {
                if (_value.Length > 0 && !_hasExpansion)
                    break;
                if (_value.Length > 0)
                    CheckMethod(draft);
                ReadNested(draft, current == '(' ? ')' : '}', SegmentOrigin.Substitution);
            }
            else if (PowerShellSyntax.EndsWord(current))
            {
                break;
            }
            else
            {
                ReadPart(draft, current);
            }
        }

        return Finish(draft, start);
    }

    /// <summary>Reads one part of an expression; false when the cursor is not at one.</summary>
    public bool ReadExpressionPart(CommandDraft draft)
    {
        Clear();
        var start = cursor.Position;
        while (
            !cursor.AtEnd
            && cursor.Current is not ('\n' or ';' or '|' or '&' or ')' or '}' or '=' or '>')
            && !PowerShellSyntax.IsBlank(cursor.Current)
        )
        {
            var current = cursor.Current;
            if (current is '(' or '{')
            {
                if (current == '(' && _value.Length > 0)
                    CheckMethod(draft);
                ReadNested(draft, current == '(' ? ')' : '}', SegmentOrigin.Substitution);
            }
            else
            {
                ReadPart(draft, current);
            }
        }

        if (cursor.Position > start)
            return true;

        // A lone "=" here is the second of "==", which PowerShell does not have.
        if (cursor.Current != '=')
            return false;
        draft.MarkUnknown("an operator that PowerShell does not have");
        cursor.Position++;
        return true;
    }

    /// <summary>Reads the statements between the bracket at the cursor and its closing one.</summary>
    public void ReadNested(CommandDraft draft, char closing, SegmentOrigin origin)
    {
        _hasExpansion = true;
        _value.Append(closing == ')' ? "$()" : "{}");
        cursor.Position++;
        if (!context.TryEnter(depth + 1, length: 0))
        {
            draft.MarkUnknown("commands are nested too deeply");
            cursor.SkipToEnd();
            return;
        }

        var scopes = context.Functions.Depth;
        context.Functions.Open();
        if (!new PowerShellScanner(cursor, context, depth + 1, origin).ReadStatements(draft.Nested, closing))
            draft.MarkUnknown("a bracket without its end");
        context.Functions.CloseTo(scopes);
    }

    private void Clear()
    {
        _value.Clear();
        _isQuoted = _hasExpansion = false;
    }

    private ShellWord Finish(CommandDraft draft, int start)
    {
        if (cursor.Position == start && !cursor.AtEnd)
        {
            draft.MarkUnknown("a word was expected");
            cursor.Position++;
        }

        return new ShellWord(_value.ToString(), _isQuoted, _hasExpansion);
    }

    private void CheckMethod(CommandDraft draft)
    {
        var end = _value.Length;
        var start = end;
        while (start > 0 && char.IsAsciiLetterOrDigit(_value[start - 1]))
            start--;
        if (start == end || start == 0 || _value[start - 1] is not ('.' or ':'))
            return;
        var method = _value.ToString(start, end - start);
        if (
            !(
                _value[start - 1] == ':'
                    ? PowerShellSyntax.IsHarmlessStatic(_value.ToString(0, start), method)
                    : PowerShellSyntax.IsHarmlessMethod(method)
            )
        )
            draft.MarkUnknown($"calls the method {method}");
    }

    private void ReadPart(CommandDraft draft, char current)
    {
        switch (current)
        {
            case '`':
                _isQuoted = true;
                _value.Append(cursor.Peek(1));
                cursor.Position += 2;
                break;
            case '\'':
                ReadSingleQuoted(draft);
                break;
            case '"':
                ReadDoubleQuoted(draft);
                break;
            case '@' when cursor.Peek(1) is '\'' or '"' && cursor.Peek(2) is '\n' or '\r':
                ReadHereString(draft, cursor.Peek(1));
                break;
            case '@' when cursor.Peek(1) is '{' or '(':
                cursor.Position++;
                ReadNested(draft, cursor.Current == '(' ? ')' : '}', SegmentOrigin.Substitution);
                break;
            case '$':
                ReadVariable(draft);
                break;
            default:
                _hasExpansion |= current == '@' && _value.Length == 0;
                _value.Append(current);
                cursor.Position++;
                break;
        }
    }

    private void ReadVariable(CommandDraft draft)
    {
        switch (cursor.Peek(1))
        {
            case '(':
                cursor.Position++;
                ReadNested(draft, ')', SegmentOrigin.Substitution);
                return;
            case '{':
                _hasExpansion = true;
                var end = cursor.Text.IndexOf('}', cursor.Position);
                if (end < 0)
                {
                    draft.MarkUnknown("a variable without its end");
                    end = cursor.Text.Length - 1;
                }

                _value.Append(cursor.Text, cursor.Position, end + 1 - cursor.Position);
                cursor.Position = end + 1;
                return;
            default:
                _hasExpansion = true;
                var start = cursor.Position++;
                while (PosixSyntax.IsNamePart(cursor.Current) || cursor.Current is ':' or '?' or '^' or '$')
                    cursor.Position++;
                _value.Append(cursor.Text, start, cursor.Position - start);
                return;
        }
    }

    private void ReadSingleQuoted(CommandDraft draft)
    {
        _isQuoted = true;
        cursor.Position++;
        while (!cursor.AtEnd)
        {
            if (cursor.Current == '\'' && cursor.Peek(1) != '\'')
            {
                cursor.Position++;
                return;
            }

            if (cursor.Current == '\'')
                cursor.Position++;
            _value.Append(cursor.Current);
            cursor.Position++;
        }

        draft.MarkUnknown("a quote without its end");
    }

    private void ReadDoubleQuoted(CommandDraft draft)
    {
        _isQuoted = true;
        cursor.Position++;
        while (!cursor.AtEnd)
        {
            switch (cursor.Current)
            {
                case '"' when cursor.Peek(1) != '"':
                    cursor.Position++;
                    return;
                case '"':
                    _value.Append('"');
                    cursor.Position += 2;
                    break;
                case '`':
                    _value.Append(cursor.Peek(1));
                    cursor.Position += 2;
                    break;
                case '$':
                    ReadVariable(draft);
                    break;
                default:
                    _value.Append(cursor.Current);
                    cursor.Position++;
                    break;
            }
        }

        draft.MarkUnknown("a quote without its end");
    }

    private void ReadHereString(CommandDraft draft, char quote)
    {
        _isQuoted = true;
        var ending = "\n" + quote + "@";
        cursor.Position += 2;
        while (!cursor.AtEnd)
        {
            if (cursor.TrySkip(ending))
                return;
            if (quote == '"' && cursor.Current == '$')
            {
                ReadVariable(draft);
                continue;
            }

            _value.Append(cursor.Current);
            cursor.Position++;
        }

        draft.MarkUnknown("a here-string without its end");
    }
}
