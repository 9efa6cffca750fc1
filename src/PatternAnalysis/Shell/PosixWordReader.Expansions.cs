using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Variables, parameters, arithmetic and substitutions inside words.</summary>
internal sealed partial class PosixWordReader
{
    // Arithmetic and parameter expansions nest in each other by recursion, so they are bounded like substitutions.
    private bool TryNest(CommandDraft draft)
    {
        if (++_openExpansions <= ShellReader.MaximumDepth)
            return true;
        draft.MarkUnknown("expansions are nested too deeply");
        cursor.SkipToEnd();
        return false;
    }

    private void ReadExpandingCharacter(CommandDraft draft)
    {
        switch (cursor.Current)
        {
            case '\\':
                if (cursor.Peek(1) is not ('$' or '`' or '"' or '\\' or '\n'))
                    _value.Append('\\');
                if (cursor.Peek(1) is not ('\n' or '\0'))
                    _value.Append(cursor.Peek(1));
                cursor.Position += 2;
                break;
            case '`':
                ReadBackQuoted(draft);
                break;
            case '$' when cursor.Peek(1) == '(' && cursor.Peek(2) == '(' && TryReadArithmetic(draft, opening: 3):
                _hasExpansion = true;
                _value.Append(SubstitutionMark);
                break;
            case '$' when cursor.Peek(1) == '(':
                ReadSubstitution(draft, opening: 2);
                break;
            case '$' when cursor.Peek(1) == '{':
                ReadParameter(draft);
                break;
            case '$' when cursor.Peek(1) == '[':
                // The old form of $((...)), which bash still evaluates.
                if (PosixArithmetic.HasNameBefore(cursor.Text.AsSpan(cursor.Position + 2), ']', out _))
                    context.Late.LookAtArithmetic(draft);
                _value.Append("$[");
                cursor.Position += 2;
                break;
            case '$' when PosixSyntax.IsNamePart(cursor.Peek(1)) || cursor.Peek(1) is '@' or '*' or '#' or '?' or '!' or '$' or '-':
                ReadVariable();
                break;
            default:
                _value.Append(cursor.Current);
                cursor.Position++;
                break;
        }
    }

    private void ReadVariable()
    {
        _hasExpansion = true;
        var start = cursor.Position++;
        if (!PosixSyntax.IsNamePart(cursor.Current) || char.IsAsciiDigit(cursor.Current))
            cursor.Position++;
        else
            SkipName();
        _value.Append(cursor.Text, start, cursor.Position - start);
    }

    private void SkipName()
    {
        while (PosixSyntax.IsNamePart(cursor.Current))
            cursor.Position++;
    }

    /// <summary><c>${name...}</c>: kept as <c>${name}</c>; a default value may hold commands.</summary>
    private void ReadParameter(CommandDraft draft)
    {
        _hasExpansion = true;
        if (!TryNest(draft))
            return;
        cursor.Position += 2;
        LookAtParameter(draft);
        var nameStart = cursor.Position;
        SkipName();
        _value.Append("${").Append(cursor.Text, nameStart, cursor.Position - nameStart).Append('}');
        var length = _value.Length;
        var open = 1;
        while (!cursor.AtEnd)
        {
            switch (cursor.Current)
            {
                case '}' when --open == 0:
                    cursor.Position++;
                    _value.Length = length;
                    _openExpansions--;
                    return;
                case '$' when cursor.Peek(1) == '{':
                    open++;
                    cursor.Position += 2;
                    LookAtParameter(draft);
                    break;
                case '@' when cursor.Peek(1) == 'P' && cursor.Peek(2) == '}':
                    draft.MarkUnknown("a value is expanded as a prompt, which runs the substitutions in it");
                    cursor.Position++;
                    break;
                case '\'' when _inDoubleQuotes:
                    ReadQuoteInQuotes(draft);
                    break;
                case '\'' or '"' or '$' or '`' or '\\':
                    if (_inDoubleQuotes && cursor.Current != '"')
                        ReadExpandingCharacter(draft);
                    else
                        ReadUnquoted(draft, cursor.Current);
                    break;
                default:
                    cursor.Position++;
                    break;
            }
        }

        draft.MarkUnknown("a parameter expansion without its end");
    }

    private void LookAtParameter(CommandDraft draft)
    {
        if (PosixArithmetic.IsEvaluatedByParameter(cursor.Text.AsSpan(cursor.Position)))
            context.Late.LookAtArithmetic(draft);
    }

    // "${x:-'}'}" and "${x#'}'}" end at different braces. Without a brace between the quotes it makes no difference.
    private void ReadQuoteInQuotes(CommandDraft draft)
    {
        var end = cursor.Position + 1;
        while (end < cursor.Text.Length && cursor.Text[end] is not ('\'' or '}' or '"'))
            end++;
        if (!context.TryLookAhead(end - cursor.Position) || end == cursor.Text.Length || cursor.Text[end] != '\'')
            draft.MarkUnknown("a quote inside a parameter expansion in quotes");
        cursor.Position++;
        while (cursor.Position < end)
        {
            if (cursor.Current is '$' or '`' or '\\')
                ReadExpandingCharacter(draft);
            else
                cursor.Position++;
        }

        cursor.Position++;
    }

    /// <summary>
    /// Reads an arithmetic expression up to past its end, when it is one: <c>((a); (b))</c> is two subshells. Where the parenthesis that
    /// was opened last is closed, another one has to be closed at once.
    /// </summary>
    /// <param name="draft">Gets the substitutions in it, which are commands.</param>
    /// <param name="opening">How many characters have opened it: <c>$((</c> or <c>((</c>.</param>
    /// <returns>Whether it was one; if not, the cursor stays.</returns>
    public bool TryReadArithmetic(CommandDraft draft, int opening)
    {
        if (!context.TryLookAhead(0))
        {
            draft.MarkUnknown("too many parentheses that may be arithmetic or commands");
            cursor.SkipToEnd();
            return true;
        }

        var end = FindArithmeticEnd(cursor.Position + opening);
        if (end < 0)
            return false;
        if (!TryNest(draft))
            return true;
        cursor.Position += opening;
        if (PosixArithmetic.HasName(cursor.Text.AsSpan(cursor.Position, end - cursor.Position)))
            context.Late.LookAtArithmetic(draft);
        var length = _value.Length;
        while (cursor.Position < end)
        {
            if (cursor.Current == '\'')
                draft.MarkUnknown("a quote inside an arithmetic expression");
            if (cursor.Current is '$' or '`' or '\\')
                ReadExpandingCharacter(draft);
            else
                cursor.Position++;
        }

        if (cursor.Position > end)
            draft.MarkUnknown("an arithmetic expression that may be commands");
        cursor.Position = Math.Max(cursor.Position, end + 2);
        _value.Length = length;
        _openExpansions--;
        return true;
    }

    // The place of the two parentheses that end it; -1 when there are none.
    private int FindArithmeticEnd(int start)
    {
        var text = cursor.Text;
        var open = 1;
        var quote = '\0';
        for (var index = start; index < text.Length; index++)
        {
            var current = text[index];
            if (current == '\\')
                index++;
            else if (quote != '\0')
                quote = current == quote ? '\0' : quote;
            else if (current is '"' or '\'' or '`')
                quote = current;
            else if (current == '(')
                open++;
            else if (current == ')' && --open == 0)
                return context.TryLookAhead(index - start) && index + 1 < text.Length && text[index + 1] == ')' ? index : -1;
        }

        context.TryLookAhead(text.Length - start);
        return -1;
    }

    private void ReadSubstitution(CommandDraft draft, int opening)
    {
        _hasExpansion = true;
        _value.Append(SubstitutionMark);
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
        _hasExpansion = true;
        _value.Append(SubstitutionMark);
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
}
