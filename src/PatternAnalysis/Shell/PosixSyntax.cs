namespace PatternAnalysis.Shell;

/// <summary>The small lexical facts of the POSIX shell.</summary>
internal static class PosixSyntax
{
    // Longest first: ">>" is not ">" twice.
    private static readonly string[] s_redirections = ["&>>", "<<<", "<<-", "&>", ">>", ">&", ">|", "<<", "<&", "<>", ">", "<"];

    /// <summary>The redirection operator here, or <see langword="null"/>; <c>&lt;(</c> and <c>&gt;(</c> begin a word.</summary>
    public static string? RedirectionAt(TextCursor cursor)
    {
        if (cursor.Current is not ('<' or '>' or '&') || (cursor.Current != '&' && cursor.Peek(1) == '('))
            return null;
        return Array.Find(s_redirections, cursor.StartsWith);
    }

    /// <summary><c>NAME=</c>, <c>NAME+=</c> or <c>NAME[...]=</c> at the start of a word.</summary>
    public static bool IsAssignment(ReadOnlySpan<char> word)
    {
        var end = 0;
        while (end < word.Length && IsNamePart(word[end]))
            end++;
        if (end == 0 || char.IsAsciiDigit(word[0]) || end == word.Length)
            return false;
        if (word[end] == '[')
        {
            var close = word[end..].IndexOf(']');
            if (close < 0 || end + close + 1 >= word.Length)
                return false;
            end += close + 1;
        }

        return word[end] == '=' || (word[end] == '+' && end + 1 < word.Length && word[end + 1] == '=');
    }

    public static bool IsNamePart(char value) => char.IsAsciiLetterOrDigit(value) || value == '_';

    public static bool EndsWord(TextCursor cursor, bool insideTest) =>
        cursor.Current is ' ' or '\t' or '\n' or ';'
        || IsLineEndReturn(cursor)
        || (!insideTest && cursor.Current is '&' or '|' or '<' or '>' or '(' or ')');

    // A CR is a character like any other for the shell. Before a line end it is taken for a part of that, as by the shells of Windows:
    // "rm x" with it is still looked at as rm.
    private static bool IsLineEndReturn(TextCursor cursor) => cursor.Current == '\r' && cursor.Peek(1) is '\n' or '\0';

    /// <summary>Goes past blanks, continued lines and comments, not past a line end.</summary>
    public static void SkipBlanks(TextCursor cursor)
    {
        while (true)
        {
            if (cursor.Current is ' ' or '\t' || IsLineEndReturn(cursor))
                cursor.Position++;
            else if (cursor.StartsWith("\\\n"))
                cursor.Position += 2;
            else if (cursor.Current == '#')
                cursor.SkipLine();
            else
                return;
        }
    }
}
