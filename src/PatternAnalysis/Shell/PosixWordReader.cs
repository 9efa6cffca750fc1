using System.Text;

namespace PatternAnalysis.Shell;

/// <summary>Reads one word: quoting, escapes, expansions. Commands inside a word go to the draft's nested segments.</summary>
internal sealed partial class PosixWordReader(TextCursor cursor, ReadingContext context, int depth)
{
    // A substitution's text is left out of the word: its commands are segments, and repeating the text at each level would
    // let nested interpreters grow it without bound.
    private const string SubstitutionMark = "$()";

    private readonly StringBuilder _value = new();
    private bool _isQuoted;
    private bool _hasExpansion;
    private int _openExpansions;
    private bool _inDoubleQuotes;

    /// <summary>Reads the word at the cursor and moves past it, by at least one character.</summary>
    public ShellWord Read(CommandDraft draft, bool insideTest = false)
    {
        _value.Clear();
        _isQuoted = _hasExpansion = _inDoubleQuotes = false;
        var start = cursor.Position;
        while (!cursor.AtEnd)
        {
            var current = cursor.Current;
            if (current is '<' or '>' && cursor.Peek(1) == '(')
                ReadSubstitution(draft, opening: 2);
            else if (current == '(' && _value.Length > 0 && !insideTest && IsArrayOrPattern(start))
                ReadParenthesised(draft);
            else if (PosixSyntax.EndsWord(cursor, insideTest))
                break;
            else
                ReadUnquoted(draft, current);
        }

        if (cursor.Position == start && !cursor.AtEnd)
        {
            draft.MarkUnknown("a word was expected");
            cursor.Position++;
        }

        return new ShellWord(_value.ToString(), _isQuoted, _hasExpansion);
    }

    /// <summary>Reads text that expands like a double-quoted one up to its end: the body of a here-document.</summary>
    public void ReadTemplate(CommandDraft draft)
    {
        _value.Clear();
        _inDoubleQuotes = true;
        while (!cursor.AtEnd)
            ReadExpandingCharacter(draft);
    }

    private void ReadUnquoted(CommandDraft draft, char current)
    {
        switch (current)
        {
            case '\\':
                _isQuoted = true;
                if (cursor.Peek(1) is not ('\n' or '\0'))
                    _value.Append(cursor.Peek(1));
                cursor.Position += 2;
                break;
            case '\'':
                ReadSingleQuoted(draft);
                break;
            case '"':
                ReadDoubleQuoted(draft);
                break;
            case '$' when cursor.Peek(1) == '\'':
                _isQuoted = true;
                cursor.Position += 2;
                if (!AnsiQuoting.Read(cursor, _value))
                    draft.MarkUnknown("a quote without its end");
                break;
            case '$' when cursor.Peek(1) == '"':
                cursor.Position++;
                break;
            case '$' or '`':
                ReadExpandingCharacter(draft);
                break;
            default:
                _value.Append(current);
                cursor.Position++;
                break;
        }
    }

    private void ReadSingleQuoted(CommandDraft draft)
    {
        _isQuoted = true;
        var end = cursor.Text.IndexOf('\'', cursor.Position + 1);
        if (end < 0)
        {
            draft.MarkUnknown("a quote without its end");
            end = cursor.Text.Length;
        }

        _value.Append(cursor.Text, cursor.Position + 1, end - cursor.Position - 1);
        cursor.Position = end + 1;
    }

    private void ReadDoubleQuoted(CommandDraft draft)
    {
        _isQuoted = true;
        var outer = _inDoubleQuotes;
        _inDoubleQuotes = true;
        cursor.Position++;
        while (!cursor.AtEnd && cursor.Current != '"')
            ReadExpandingCharacter(draft);
        if (cursor.AtEnd)
            draft.MarkUnknown("a quote without its end");
        cursor.Position++;
        _inDoubleQuotes = outer;
    }

    // NAME=(a b c) is an array; ?(...) and its like are patterns of file names.
    private bool IsArrayOrPattern(int start) =>
        _value[^1] is '?' or '*' or '+' or '@' or '!'
        || (_value[^1] == '=' && PosixSyntax.IsAssignment(cursor.Text.AsSpan(start, cursor.Position - start)));

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

            _value.Append(current);
            cursor.Position++;
            if (current == '(')
                open++;
            else if (current == ')' && --open == 0)
                return;
        }

        draft.MarkUnknown("a parenthesis without its end");
    }
}
