namespace PatternAnalysis.Masking;

/// <summary>What stands between a name and its value.</summary>
/// <param name="End">Where the value begins.</param>
internal readonly record struct Separator(int End)
{
    /// <summary>Whether it is a colon, as in a header.</summary>
    public bool IsColon { get; init; }

    /// <summary>Whether the value goes on to the line's end: a plain one of YAML.</summary>
    public bool IsWholeLine { get; init; }

    /// <summary>Whether it ends an XML tag, whose element the value is.</summary>
    public bool IsElement { get; init; }

    /// <summary>Whether the value is the default of a shell variable: <c>${NAME:-value}</c>.</summary>
    public bool IsExpansion { get; init; }
}

/// <summary>Finds the separator behind a name.</summary>
internal static class SeparatorReader
{
    private static readonly string[] s_signs = ["===", "==", "=>", ":=", "=", ":", "%3D", "%3A"];

    private static readonly string[] s_types = ["str", "string", "bytes", "text", "Optional[str]", "SecretStr", "char*"];

    /// <summary>The separator behind a name.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins, with the dashes of an option.</param>
    /// <param name="end">The place behind it.</param>
    /// <returns>Null when there is none.</returns>
    public static Separator? Read(string text, int start, int end)
    {
        if (start > 0 && text[start - 1] == '<' && end < text.Length && text[end] == '>')
            return new Separator(SkipValueElement(text, end + 1)) { IsElement = true };

        var place = SkipClosers(text, end);
        var hop = SkipValueWord(text, place, isApart: place > end || (start > 0 && text[start - 1] == '<'));
        var blanks = SkipBlanks(text, hop);
        if (Sign(text, blanks) is { } sign)
            return AfterSign(text, start, end, blanks, sign);

        // An option's value is the next word; in a list of JSON, and behind a name as the first of a call's arguments, the next item.
        var isFirstArgument = start > 1 && text[start - 1] is '"' or '\'' && text[start - 2] == '(';
        if (!IsOption(text, start, end) && !isFirstArgument)
            return null;
        if (place > end)
        {
            if (place >= text.Length || text[place] != ',')
                return null;
            var next = SkipBlanks(text, place + 1);
            return next < text.Length && text[next] is '"' or '\'' or '\\' ? new Separator(next) : null;
        }

        return
            blanks > end
            && blanks < text.Length
            && text[blanks] is not ('-' or '|' or '&' or ';' or '<' or '>' or '(' or '\n' or '\r' or '\\')
            ? new Separator(blanks)
            : null;
    }

    private static Separator? AfterSign(string text, int start, int end, int signPlace, string sign)
    {
        var place = signPlace + sign.Length;
        if (sign == ":" && place < text.Length)
        {
            // Token::new, https://, ${NAME:-default}
            if (text[place] == ':' || (text[place] == '/' && place + 1 < text.Length && text[place + 1] == '/'))
                return null;
            if (IsInExpansion(text, start) && text[place] is '-' or '?' or '+')
                return text[place] == '-' ? new Separator(place + 1) { IsExpansion = true } : null;
        }

        if (sign == ":=" && IsInExpansion(text, start))
            return new Separator(place) { IsExpansion = true };

        var value = SkipBlanks(text, place);
        // "NAME= command": the value is empty.
        if (value > place && sign == "=" && signPlace == end)
            return null;
        if (EndOfTemplate(text, value) is { } template)
            return IsEndOfValue(text, template) ? null : new Separator(template);
        // An object or a list has names of its own.
        if (value < text.Length && text[value] is '{' or '[' && !SecretValue.IsReference(FirstWord(text, value)))
            return null;
        if (sign == ":" && SkipType(text, value) is { } typed)
            return new Separator(typed);
        return new Separator(value)
        {
            IsColon = sign == ":",
            IsWholeLine = sign == ":" && value > place && IsYamlKey(text, start) && !IsQuoted(text, value),
        };
    }

    // Behind "{{ user }}" or "${{ user }}"; null when there is none.
    private static int? EndOfTemplate(string text, int place)
    {
        var open = place < text.Length && text[place] == '$' ? place + 1 : place;
        return string.CompareOrdinal(text, open, "{{", 0, 2) == 0 && text.IndexOf("}}", open, StringComparison.Ordinal) is > 0 and var close
            ? close + 2
            : null;
    }

    private static bool IsEndOfValue(string text, int place) => place == text.Length || !(char.IsAsciiLetterOrDigit(text[place]));

    private static string? Sign(string text, int place)
    {
        foreach (var sign in s_signs)
        {
            if (string.Compare(text, place, sign, 0, sign.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return sign;
        }

        return null;
    }

    // name', name\", name&quot;, name"]
    private static int SkipClosers(string text, int place)
    {
        var quote = place;
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote < text.Length && text[quote] is '"' or '\'' or '`')
            place = quote + 1;
        else if (string.CompareOrdinal(text, place, "&quot;", 0, 6) == 0)
            place += 6;
        return place < text.Length && text[place] == ']' ? place + 1 : place;
    }

    // The two ways in which a list of named values is written: name: X, value: Y; <add key="X" value="Y" />.
    private static int SkipValueWord(string text, int place, bool isApart)
    {
        var next = place;
        while (next < text.Length && next - place < 80 && text[next] is ' ' or '\t' or '\r' or '\n' or ',')
            next++;
        if (next == place || (!isApart && !text.AsSpan(place, next - place).Contains('\n')))
            return place;
        while (next < text.Length && text[next] is '\\' or '"' or '\'')
            next++;
        if (string.Compare(text, next, "value", 0, 5, StringComparison.OrdinalIgnoreCase) != 0)
            return place;
        var end = SkipClosers(text, next + 5);
        return Sign(text, SkipBlanks(text, end)) is "=" or ":" ? end : place;
    }

    // <Password><Value>x</Value></Password>
    private static int SkipValueElement(string text, int place)
    {
        const string Element = "<value>";
        var next = place;
        while (next < text.Length && char.IsWhiteSpace(text[next]) && next - place < 80)
            next++;
        return string.Compare(text, next, Element, 0, Element.Length, StringComparison.OrdinalIgnoreCase) == 0
            ? next + Element.Length
            : place;
    }

    private static int SkipBlanks(string text, int place)
    {
        while (place < text.Length && text[place] is ' ' or '\t')
            place++;
        return place;
    }

    // password: str = "x"
    private static int? SkipType(string text, int place)
    {
        foreach (var type in s_types)
        {
            if (string.CompareOrdinal(text, place, type, 0, type.Length) != 0)
                continue;
            var sign = SkipBlanks(text, place + type.Length);
            if (sign < text.Length && text[sign] == '=')
                return SkipBlanks(text, sign + 1);
        }

        return null;
    }

    private static bool IsYamlKey(string text, int start)
    {
        var place = start;
        while (place > 0 && text[place - 1] is ' ' or '\t')
            place--;
        if (place > 0 && text[place - 1] == '-' && place < start)
        {
            place--;
            while (place > 0 && text[place - 1] is ' ' or '\t')
                place--;
        }

        return place == 0 || text[place - 1] == '\n';
    }

    private static bool IsQuoted(string text, int place) => place < text.Length && text[place] is '"' or '\'';

    private static bool IsInExpansion(string text, int start) => start > 1 && text[start - 1] == '{' && text[start - 2] == '$';

    private static ReadOnlySpan<char> FirstWord(string text, int place) =>
        text.AsSpan(place, text.AsSpan(place).IndexOfAny(" \t\n,") is >= 0 and var length ? length : text.Length - place);

    private static bool IsOption(string text, int start, int end) =>
        end - start > 1
        && text[start] == '-'
        && (start == 0 || !(char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '/' or '\\'));
}
