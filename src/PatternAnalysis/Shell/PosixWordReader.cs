using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Reads one word: quoting, escapes, expansions. Commands inside a word go to the draft's nested segments.</summary>
internal sealed class PosixWordReader(TextCursor cursor, ReadingContext context, int depth)
{
    // A substitution's text is left out of the word: its commands are segments, and repeating the text at each level would
    // let nested interpreters grow it without bound.
    private const string SubstitutionMark = "$()";

    private readonly StringBuilder value = new();
    private bool isQuoted;
    private bool hasExpansion;
    private int openExpansions;

    /// <summary>Reads the word at the cursor and moves past it, by at least one character.</summary>
    public ShellWord Read(CommandDraft draft, bool insideTest = false)
    {
        value.Clear();
        isQuoted = hasExpansion = false;
        var start = cursor.Position;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            if (current is '<' or '>' && cursor.Peek(1) == '(' && !insideTest)
                ReadSubstitution(draft, opening: 2);
            else if (current == '(' && value.Length > 0 && !insideTest && IsArrayOrPattern(start))
                ReadParenthesised(draft);
            else if (PosixSyntax.EndsWord(current, insideTest))
                break;
            else
                ReadUnquoted(draft, current);
        }

        if (cursor.Position == start && !cursor.AtEnd)
        {
            draft.MarkUnknown("a word was expected");
            cursor.Position++;
        }

        return new ShellWord(value.ToString(), isQuoted, hasExpansion);
    }

    /// <summary>Reads text that expands like a double-quoted one up to its end: the body of a here-document.</summary>
    public void ReadTemplate(CommandDraft draft)
    {
        value.Clear();
        while (!cursor.AtEnd)
            ReadExpandingCharacter(draft);
    }

    /// <summary>Goes past an arithmetic expression whose <c>((</c> was read; substitutions in it are commands.</summary>
    public void SkipArithmetic(CommandDraft draft)
    {
        if (!TryNest(draft))
            return;
        var open = 2;
        while (!cursor.AtEnd)
        {
            switch (cursor.Current)
            {
                case '$' or '`' or '\\':
                    ReadExpandingCharacter(draft);
                    continue;
                case '(':
                    open++;
                    break;
                case ')' when --open == 0:
                    if (cursor.Text[cursor.Position - 1] != ')')
                        draft.MarkUnknown("an arithmetic expression that may be commands");
                    cursor.Position++;
                    openExpansions--;
                    return;
            }

            cursor.Position++;
        }

        draft.MarkUnknown("an arithmetic expression without its end");
    }

    // Arithmetic and parameter expansions nest in each other by recursion, so they are bounded like substitutions.
    private bool TryNest(CommandDraft draft)
    {
        if (++openExpansions <= ShellReader.MaximumDepth)
            return true;
        draft.MarkUnknown("expansions are nested too deeply");
        cursor.SkipToEnd();
        return false;
    }

    private void ReadUnquoted(CommandDraft draft, char current)
    {
        switch (current)
        {
            case '\\':
                isQuoted = true;
                if (cursor.Peek(1) is not ('\n' or '\0'))
                    value.Append(cursor.Peek(1));
                cursor.Position += 2;
                break;
            case '\'':
                ReadSingleQuoted(draft);
                break;
            case '"':
                ReadDoubleQuoted(draft);
                break;
            case '$' when cursor.Peek(1) == '\'':
                isQuoted = true;
                cursor.Position += 2;
                if (!AnsiQuoting.Read(cursor, value))
                    draft.MarkUnknown("a quote without its end");
                break;
            case '$' when cursor.Peek(1) == '"':
                cursor.Position++;
                break;
            case '$' or '`':
                ReadExpandingCharacter(draft);
                break;
            default:
                value.Append(current);
                cursor.Position++;
                break;
        }
    }

    private void ReadSingleQuoted(CommandDraft draft)
    {
        isQuoted = true;
        var end = cursor.Text.IndexOf('\'', cursor.Position + 1);
        if (end < 0)
        {
            draft.MarkUnknown("a quote without its end");
            end = cursor.Text.Length;
        }

        value.Append(cursor.Text, cursor.Position + 1, end - cursor.Position - 1);
        cursor.Position = end + 1;
    }

    private void ReadDoubleQuoted(CommandDraft draft)
    {
        isQuoted = true;
        cursor.Position++;
        while (!cursor.AtEnd)
        {
            if (cursor.Current == '"')
            {
                cursor.Position++;
                return;
            }

            ReadExpandingCharacter(draft);
        }

        draft.MarkUnknown("a quote without its end");
    }

    private void ReadExpandingCharacter(CommandDraft draft)
    {
        switch (cursor.Current)
        {
            case '\\':
                if (cursor.Peek(1) is not ('$' or '`' or '"' or '\\' or '\n'))
                    value.Append('\\');
                if (cursor.Peek(1) is not ('\n' or '\0'))
                    value.Append(cursor.Peek(1));
                cursor.Position += 2;
                break;
            case '`':
                ReadBackQuoted(draft);
                break;
            case '$' when cursor.Peek(1) == '(' && cursor.Peek(2) == '(':
                hasExpansion = true;
                value.Append(SubstitutionMark);
                cursor.Position += 3;
                SkipArithmeticKeepingWord(draft);
                break;
            case '$' when cursor.Peek(1) == '(':
                ReadSubstitution(draft, opening: 2);
                break;
            case '$' when cursor.Peek(1) == '{':
                ReadParameter(draft);
                break;
            case '$' when PosixSyntax.IsNamePart(cursor.Peek(1)) || cursor.Peek(1) is '@' or '*' or '#' or '?' or '!' or '$' or '-':
                ReadVariable();
                break;
            default:
                value.Append(cursor.Current);
                cursor.Position++;
                break;
        }
    }

    private void ReadVariable()
    {
        hasExpansion = true;
        var start = cursor.Position++;
        if (!PosixSyntax.IsNamePart(cursor.Current) || char.IsAsciiDigit(cursor.Current))
            cursor.Position++;
        else
            SkipName();
        value.Append(cursor.Text, start, cursor.Position - start);
    }

    private void SkipName()
    {
        while (PosixSyntax.IsNamePart(cursor.Current))
            cursor.Position++;
    }

    /// <summary><c>${name...}</c>: kept as <c>${name}</c>; a default value may hold commands.</summary>
    private void ReadParameter(CommandDraft draft)
    {
        hasExpansion = true;
        if (!TryNest(draft))
            return;
        cursor.Position += 2;
        var nameStart = cursor.Position;
        SkipName();
        value.Append("${").Append(cursor.Text, nameStart, cursor.Position - nameStart).Append('}');
        var length = value.Length;
        var open = 1;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            if (current == '}' && --open == 0)
            {
                cursor.Position++;
                value.Length = length;
                openExpansions--;
                return;
            }

            if (current == '$' && cursor.Peek(1) == '{')
            {
                open++;
                cursor.Position += 2;
            }
            else if (current is '$' or '`' or '\\')
            {
                ReadExpandingCharacter(draft);
            }
            else
            {
                cursor.Position++;
            }
        }

        draft.MarkUnknown("a parameter expansion without its end");
    }

    private void SkipArithmeticKeepingWord(CommandDraft draft)
    {
        var length = value.Length;
        SkipArithmetic(draft);
        value.Length = length;
    }

    private void ReadSubstitution(CommandDraft draft, int opening)
    {
        hasExpansion = true;
        value.Append(SubstitutionMark);
        cursor.Position += opening;
        if (!context.TryEnter(depth + 1, length: 0))
        {
            draft.MarkUnknown("commands are nested too deeply");
            cursor.SkipToEnd();
            return;
        }

        var inner = new PosixScanner(cursor, context, depth + 1, SegmentOrigin.Substitution);
        if (!inner.ReadCommands(draft.Nested, untilParenthesis: true))
            draft.MarkUnknown("a substitution without its end");
    }

    private void ReadBackQuoted(CommandDraft draft)
    {
        hasExpansion = true;
        value.Append(SubstitutionMark);
        var inner = new StringBuilder();
        cursor.Position++;
        while (!cursor.AtEnd && cursor.Current != '`')
        {
            if (cursor.Current == '\\' && cursor.Peek(1) is '`' or '\\' or '$')
                cursor.Position++;
            inner.Append(cursor.Current);
            cursor.Position++;
        }

        if (cursor.AtEnd)
            draft.MarkUnknown("a substitution without its end");
        cursor.Position++;
        if (!context.Read(inner.ToString(), ShellDialect.Posix, depth + 1, SegmentOrigin.Substitution, draft.Nested))
            draft.MarkUnknown("commands are nested too deeply");
    }

    // NAME=(a b c) is an array; ?(...) and its like are patterns of file names.
    private bool IsArrayOrPattern(int start) =>
        value[^1] is '?' or '*' or '+' or '@' or '!'
        || (value[^1] == '=' && PosixSyntax.IsAssignment(cursor.Text.AsSpan(start, cursor.Position - start)));

    private void ReadParenthesised(CommandDraft draft)
    {
        var open = 0;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            if (current is '\\' or '\'' or '"' or '$' or '`')
            {
                ReadUnquoted(draft, current);
                continue;
            }

            value.Append(current);
            cursor.Position++;
            if (current == '(')
                open++;
            else if (current == ')' && --open == 0)
                return;
        }

        draft.MarkUnknown("a parenthesis without its end");
    }
}
