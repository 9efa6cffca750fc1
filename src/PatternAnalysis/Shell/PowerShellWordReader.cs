using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Reads one PowerShell word or one part of an expression; commands inside go to the draft's nested segments.</summary>
internal sealed class PowerShellWordReader(TextCursor cursor, ReadingContext context, int depth)
{
    private readonly StringBuilder value = new();
    private bool isQuoted;
    private bool hasExpansion;

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
                if (value.Length > 0 && !hasExpansion)
                    break;
                if (value.Length > 0)
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
        while (!cursor.AtEnd && cursor.Current is not (' ' or '\t' or '\r' or '\n' or ';' or '|' or '&' or ')' or '}' or '=' or '>'))
        {
            var current = cursor.Current;
            if (current is '(' or '{')
            {
                if (current == '(' && value.Length > 0)
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
        hasExpansion = true;
        value.Append(closing == ')' ? "$()" : "{}");
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
        value.Clear();
        isQuoted = hasExpansion = false;
    }

    private ShellWord Finish(CommandDraft draft, int start)
    {
        if (cursor.Position == start && !cursor.AtEnd)
        {
            draft.MarkUnknown("a word was expected");
            cursor.Position++;
        }

        return new ShellWord(value.ToString(), isQuoted, hasExpansion);
    }

    private void CheckMethod(CommandDraft draft)
    {
        var end = value.Length;
        var start = end;
        while (start > 0 && char.IsAsciiLetterOrDigit(value[start - 1]))
            start--;
        if (start == end || start == 0 || value[start - 1] is not ('.' or ':'))
            return;
        var method = value.ToString(start, end - start);
        if (!PowerShellSyntax.IsHarmlessMethod(method))
            draft.MarkUnknown($"calls the method {method}");
    }

    private void ReadPart(CommandDraft draft, char current)
    {
        switch (current)
        {
            case '`':
                isQuoted = true;
                value.Append(cursor.Peek(1));
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
                hasExpansion |= current == '@' && value.Length == 0;
                value.Append(current);
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
                hasExpansion = true;
                var end = cursor.Text.IndexOf('}', cursor.Position);
                if (end < 0)
                {
                    draft.MarkUnknown("a variable without its end");
                    end = cursor.Text.Length - 1;
                }

                value.Append(cursor.Text, cursor.Position, end + 1 - cursor.Position);
                cursor.Position = end + 1;
                return;
            default:
                hasExpansion = true;
                var start = cursor.Position++;
                while (PosixSyntax.IsNamePart(cursor.Current) || cursor.Current is ':' or '?' or '^' or '$')
                    cursor.Position++;
                value.Append(cursor.Text, start, cursor.Position - start);
                return;
        }
    }

    private void ReadSingleQuoted(CommandDraft draft)
    {
        isQuoted = true;
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
            value.Append(cursor.Current);
            cursor.Position++;
        }

        draft.MarkUnknown("a quote without its end");
    }

    private void ReadDoubleQuoted(CommandDraft draft)
    {
        isQuoted = true;
        cursor.Position++;
        while (!cursor.AtEnd)
        {
            switch (cursor.Current)
            {
                case '"' when cursor.Peek(1) != '"':
                    cursor.Position++;
                    return;
                case '"':
                    value.Append('"');
                    cursor.Position += 2;
                    break;
                case '`':
                    value.Append(cursor.Peek(1));
                    cursor.Position += 2;
                    break;
                case '$':
                    ReadVariable(draft);
                    break;
                default:
                    value.Append(cursor.Current);
                    cursor.Position++;
                    break;
            }
        }

        draft.MarkUnknown("a quote without its end");
    }

    private void ReadHereString(CommandDraft draft, char quote)
    {
        isQuoted = true;
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

            value.Append(cursor.Current);
            cursor.Position++;
        }

        draft.MarkUnknown("a here-string without its end");
    }
}
