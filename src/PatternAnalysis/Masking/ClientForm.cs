namespace PatternAnalysis.Masking;

/// <summary>Where one program's command line holds a secret.</summary>
/// <param name="Words">The words behind the program's name, as <see cref="ClientForms"/> writes them.</param>
internal sealed record ClientForm(IReadOnlyList<string> Words)
{
    private const string AnyNumber = "..";
    private const string SecretsName = "NAME";

    /// <summary>Whether the words of a command have the form; the secret parts of those that have.</summary>
    /// <param name="text">The text.</param>
    /// <param name="command">The words of the command.</param>
    /// <param name="first">The word behind the program's name.</param>
    /// <param name="found">What is secret, added to.</param>
    public bool Match(string text, List<CommandWord> command, int first, List<ValueSpan> found)
    {
        var gap = Words.ToList().IndexOf(AnyNumber);
        if (gap < 0)
            return MatchHere(text, command, first, 0, found);

        var place = Skip(text, command, first, gap);
        if (place < 0)
            return false;
        if (gap == Words.Count - 1)
            return true;

        var matches = false;
        for (; place < command.Count; place++)
            matches |= MatchHere(text, command, place, gap + 1, found);
        return matches;
    }

    // The words before the gap; options between them are passed over.
    private int Skip(string text, List<CommandWord> command, int place, int count)
    {
        for (var i = 0; i < count; i++, place++)
        {
            while (place < command.Count && text[command[place].Start] == '-' && Words[i][0] != '-')
                place++;
            if (place >= command.Count || !Matches(text, command[place], Words[i], out _))
                return -1;
        }

        return place;
    }

    private bool MatchHere(string text, List<CommandWord> command, int place, int from, List<ValueSpan> found)
    {
        ValueSpan? secret = null;
        for (var i = from; i < Words.Count; i++, place++)
        {
            while (i > from && place < command.Count && text[command[place].Start] == '-' && Words[i][0] != '-' && Words[i] != "?")
                place++;
            if (place >= command.Count || !Matches(text, command[place], Words[i], out var part))
                return false;
            secret = part ?? secret;
        }

        if (secret is not { } span)
            return true;
        if (Words.Contains(SecretsName) && SecretValue.IsNoValue(text.AsSpan(span.Start, span.End - span.Start), span.IsQuoted))
            return false;
        found.Add(span);
        return true;
    }

    private static bool Matches(string text, CommandWord word, string form, out ValueSpan? secret)
    {
        secret = null;
        var (start, end, isQuoted) = Unquote(text, word.Start, word.End);
        var content = text.AsSpan(start, end - start);
        if (content.IsEmpty || content[0] is '<' or '>')
            return form is "<<<" && content is "<<<";
        if (form == SecretsName)
            return SecretName.Judge(content).Verdict != NameVerdict.Harmless && !content.Contains('=');

        var mark = form.IndexOf('?', StringComparison.Ordinal);
        if (mark < 0)
            return MatchesLiteral(content, form);
        if (mark == 0 && !isQuoted && IsOptionOrSign(content))
            return false;

        var before = form.AsSpan(0, mark);
        var star = before.IndexOf('*');
        var literal = star < 0 ? before : before[..star];
        if (!content.StartsWith(literal, StringComparison.Ordinal))
            return false;
        var from = literal.Length;
        if (star >= 0)
        {
            var separator = before[(star + 1)..];
            var at = content[from..].IndexOf(separator, StringComparison.Ordinal);
            // An address or a path begins with a slash, "-u :token" with no user.
            if (at < 0 || (at == 0 && star == 0 && separator is not ":"))
                return false;
            from += at + separator.Length;
        }

        var until = mark + 1 < form.Length ? content.LastIndexOf(form[mark + 1]) : content.Length;
        if (until < from)
            return false;

        var value = Unquote(text, start + from, start + until);
        if (
            value.IsEmpty
            || text[value.Start] == '/' && star >= 0
            || SecretValue.IsReference(text.AsSpan(value.Start, value.End - value.Start))
        )
            return false;
        secret = value;
        return true;
    }

    // -x, /x, /x:value, =
    private static bool IsOptionOrSign(ReadOnlySpan<char> word)
    {
        if (word[0] == '-' || word.IndexOfAnyInRange('0', 'z') < 0)
            return true;
        var name = word[1..];
        return word[0] == '/' && (name.IndexOf(':') is >= 0 and var colon ? name[..colon] : name).IndexOfAnyExceptInRange('a', 'z') < 0;
    }

    private static bool MatchesLiteral(ReadOnlySpan<char> word, string form)
    {
        if (form == "*")
            return word[0] != '-';
        if (!form.Contains('*', StringComparison.Ordinal))
            return word.Equals(form, form[0] == '-' ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

        var place = 0;
        foreach (var part in form.Split('*'))
        {
            var at = word[place..].IndexOf(part, StringComparison.Ordinal);
            if (at < 0 || (place == 0 && at > 0 && form[0] != '*'))
                return false;
            place += at + part.Length;
        }

        return form[^1] == '*' || place == word.Length;
    }

    private static ValueSpan Unquote(string text, int start, int end) =>
        end - start >= 2 && text[start] is '"' or '\'' && text[end - 1] == text[start]
            ? new ValueSpan(start + 1, end - 1, true)
            : new ValueSpan(start, end, false);
}
