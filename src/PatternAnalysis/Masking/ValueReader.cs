namespace PatternAnalysis.Masking;

/// <summary>A value in a text: where it stands, without its quotes.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">The place behind its last one.</param>
/// <param name="IsQuoted">Whether quotes of its own stand around it.</param>
internal readonly record struct ValueSpan(int Start, int End, bool IsQuoted)
{
    public bool IsEmpty => End <= Start;
}

/// <summary>
/// Finds where a value ends: in its own quotes (of a shell, of JSON, of JSON inside JSON), or where the word or the quotes around it do.
/// </summary>
internal static class ValueReader
{
    /// <summary>Reads the value at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="quotes">What is open there.</param>
    /// <param name="wholeLine">Whether it goes on to the end of the line, or of the quotes around it.</param>
    public static ValueSpan Read(ReadOnlySpan<char> text, int start, in OpenQuotes quotes, bool wholeLine)
    {
        var backslashes = CountBackslashes(text, start);
        var quote = start + backslashes;
        if (quote < text.Length && IsQuote(text[quote]) && !quotes.Has(text[quote], backslashes > 0))
        {
            var end = EndOfQuoted(text, quote, backslashes);
            // 'a'\''b' and 'a'"b" are one word of a shell, whose quotes belong to what is hidden.
            return backslashes == 0 && end < text.Length && text[end] == text[quote] && GoesOn(text, end + 1, quotes)
                ? new ValueSpan(quote, EndOfWord(text, end + 1, quotes), true)
                : new ValueSpan(quote + 1, end, true);
        }

        return new ValueSpan(start, wholeLine ? EndOfLine(text, start, quotes) : EndOfWord(text, start, quotes), false);
    }

    /// <summary>The place of the quote that ends what one at a place begins; the end of the text when none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="open">The quote that begins it.</param>
    /// <param name="backslashes">How many stand before it: 0, or 1, 3, 7... for each text that it is quoted in.</param>
    public static int EndOfQuoted(ReadOnlySpan<char> text, int open, int backslashes)
    {
        var quote = text[open];
        var level = 0;
        for (var rest = backslashes; rest > 0; rest >>= 1)
            level++;

        var run = 0;
        for (var i = open + 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
                run++;
            else
            {
                if (text[i] == quote && ((run >> level) & 1) == 0)
                    return i - Math.Min(run, backslashes);
                run = 0;
            }
        }

        return EndOfFirstLine(text, open + 1);
    }

    /// <summary>The last character of <c>$(...)</c> or of a text in backquotes; the text's length when it doesn't end.</summary>
    public static int EndOfSubstitution(ReadOnlySpan<char> text, int start)
    {
        if (text[start] == '`')
            return text[(start + 1)..].IndexOf('`') is >= 0 and var length ? start + 1 + length : text.Length;

        var depth = 0;
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '(')
                depth++;
            else if (text[i] == ')' && --depth == 0)
                return i;
        }

        return text.Length;
    }

    private static int CountBackslashes(ReadOnlySpan<char> text, int start)
    {
        var count = text[start..].IndexOfAnyExcept('\\');
        return count < 0 ? text.Length - start : count;
    }

    private static bool IsQuote(char character) => character is '"' or '\'' or '`';

    private static int EndOfFirstLine(ReadOnlySpan<char> text, int start) =>
        text[start..].IndexOf('\n') is >= 0 and var length ? start + length : text.Length;

    private static bool GoesOn(ReadOnlySpan<char> text, int place, in OpenQuotes quotes) =>
        place < text.Length
        && (
            char.IsAsciiLetterOrDigit(text[place])
            || text[place] is '$' or '!' or '#' or '_'
            || (IsQuote(text[place]) && !quotes.Has(text[place], false))
            || (text[place] == '\\' && place + 1 < text.Length && text[place + 1] == '\'')
        );

    private static int EndOfLine(ReadOnlySpan<char> text, int start, in OpenQuotes quotes)
    {
        var end = start;
        for (; end < text.Length && text[end] is not ('\n' or '\r'); end++)
        {
            if (IsQuote(text[end]) && quotes.Has(text[end], end > start && text[end - 1] == '\\'))
                return text[end - 1] == '\\' && end > start ? end - 1 : end;
        }

        return end;
    }

    private static int EndOfWord(ReadOnlySpan<char> text, int start, in OpenQuotes quotes)
    {
        var brackets = 0;
        for (var i = start; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ' ' or '\t' or '\r' or '\n' or ';' or '|' or '<' or '>':
                    return i;
                case '\\' when i + 1 < text.Length:
                    if (IsQuote(text[i + 1]) && quotes.Has(text[i + 1], true))
                        return i;
                    if (text[i + 1] is 'n' or 'r' && NamesNext(text, i + 2))
                        return i;
                    // An escaped blank belongs to the word; a line that goes on does not.
                    if (text[i + 1] is '\n' or '\r')
                        return i;
                    i++;
                    break;
                case '"' or '\'' or '`':
                    if (quotes.Has(text[i], false))
                        return i;
                    // One that nothing ends before the quotes around it do is a character like others, unless the word is over.
                    var close = EndOfQuoted(text, i, 0);
                    if (IsClosed(text, i, close, quotes))
                        i = close;
                    else if (i + 1 >= text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]))
                        return i;
                    break;
                // Outside of quotes a shell begins another command at "&".
                case '&' when !quotes.HasAny:
                    return i;
                case '$' when i + 1 < text.Length && text[i + 1] == '(':
                    i = EndOfSubstitution(text, i);
                    break;
                case '&' or ',':
                    if (i + 1 >= text.Length || text[i + 1] is ' ' or '&' or '\n' or '\r' or '"' or '\'' or '{' || NamesNext(text, i + 1))
                        return i;
                    break;
                case '(' or '[' or '{':
                    brackets++;
                    break;
                case ')' or ']' or '}':
                    if (brackets-- == 0 && (i + 1 >= text.Length || !char.IsAsciiLetterOrDigit(text[i + 1])))
                        return i;
                    break;
            }
        }

        return text.Length;
    }

    private static bool IsClosed(ReadOnlySpan<char> text, int open, int close, in OpenQuotes quotes)
    {
        if (close >= text.Length || text[close] != text[open])
            return false;
        for (var i = open + 1; i < close; i++)
        {
            if (IsQuote(text[i]) && quotes.Has(text[i], text[i - 1] == '\\'))
                return false;
        }

        return true;
    }

    // "&name=", ",name:": the next of several.
    private static bool NamesNext(ReadOnlySpan<char> text, int start)
    {
        var i = start;
        while (i < text.Length && i - start < 64 && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '-' or '.'))
            i++;
        return i > start && i < text.Length && text[i] is '=' or ':';
    }
}
