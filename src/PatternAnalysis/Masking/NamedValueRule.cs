using System.Text;

namespace PatternAnalysis.Masking;

/// <summary>
/// Values that a name beside them tells to be secret: in an assignment, an option, a header, a form body, a query string, JSON also inside
/// JSON, YAML, XML, <c>.netrc</c>.
/// </summary>
internal sealed class NamedValueRule : IMaskingRule
{
    public IReadOnlyCollection<string> Signs => SecretName.Stems;

    public string Apply(string text)
    {
        var quotes = new OpenQuotes(text);
        StringBuilder? masked = null;
        var copied = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!SecretName.IsStem(text.AsSpan(i)))
                continue;

            var start = StartOfName(text, i, copied);
            var end = EndOfName(text, i);
            i = end - 1;
            quotes.MoveTo(start);
            if (Find(text, start, end, quotes) is not { } value)
                continue;

            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, value.Start - copied).Append(SecretValue.Hide(text.AsSpan(value.Start, value.End - value.Start)));
            copied = value.End;
            i = value.End - 1;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>A value under a name of its own, as JSON states both.</summary>
    public static string MaskField(string name, string value)
    {
        var secret = SecretName.Judge(name);
        return IsSecret(secret, value, isQuoted: true) ? SecretValue.Hide(value) : value;
    }

    private static ValueSpan? Find(string text, int start, int end, OpenQuotes quotes)
    {
        var name = text.AsSpan(start, end - start);
        var secret = SecretName.Judge(name);
        if (secret.Verdict == NameVerdict.Harmless || SeparatorReader.Read(text, start, end) is not { } separator)
            return null;

        quotes.MoveTo(separator.End);
        if (separator.IsElement)
        {
            var close = text.IndexOf('<', separator.End);
            return Secret(text, secret, new ValueSpan(separator.End, close < 0 ? text.Length : close, true));
        }

        var wholeLine = secret.Verdict == NameVerdict.WholeLine && separator.IsColon;
        var value = ValueReader.Read(text, separator.End, quotes, wholeLine || separator.IsWholeLine);
        if (separator.IsExpansion && !value.IsEmpty)
            value = value with { End = text.IndexOf('}', value.Start) is >= 0 and var brace && brace < value.End ? brace : value.End };
        if (secret.Word == "authorization")
            value = WithoutScheme(text, value);
        // What a test run says, "--- PASS: TestLogin (0.00s)": in capitals, behind a colon, and the value is a test's name.
        if (
            separator.IsColon
            && name is "PASS"
            && !value.IsQuoted
            && SecretValue.IsTestName(text.AsSpan(value.Start, value.End - value.Start))
        )
            return null;
        return Secret(text, secret, value);
    }

    private static ValueSpan? Secret(string text, SecretName name, ValueSpan value) =>
        !value.IsEmpty && IsSecret(name, text.AsSpan(value.Start, value.End - value.Start), value.IsQuoted) ? value : null;

    private static bool IsSecret(SecretName name, ReadOnlySpan<char> value, bool isQuoted)
    {
        if (name.Verdict == NameVerdict.Harmless || SecretValue.IsNoValue(value, isQuoted))
            return false;
        if (name.Verdict == NameVerdict.Likely)
            return SecretValue.LooksSecret(value);

        // PWD is a working directory as well as a password: a path is no secret.
        if (name.Word.EndsWith("pwd", StringComparison.Ordinal) && value is ['/' or '~' or '.', ..] or [_, ':', '\\' or '/', ..])
            return false;
        if (name.Word is "token" or "pass" && SecretValue.IsCount(value))
            return false;
        // docker build --secret id=npmrc,src=.npmrc
        if (
            name.Word == "secret"
            && (value.StartsWith("id=", StringComparison.Ordinal) || value.StartsWith("src=", StringComparison.Ordinal))
        )
            return false;
        // The file of a cookie has no "=".
        return name.Word is not ("cookie" or "cookies") || value.Contains('=') || SecretValue.LooksSecret(value);
    }

    // The scheme tells the kind, and no secret.
    private static ValueSpan WithoutScheme(string text, ValueSpan value)
    {
        var span = text.AsSpan(value.Start, value.End - value.Start);
        var scheme = span.IndexOfAny(' ', '\t');
        if (scheme <= 0 || span[..scheme].IndexOfAnyExcept(s_schemeCharacters) >= 0)
            return value;
        while (scheme < span.Length && span[scheme] is ' ' or '\t')
            scheme++;
        return value with { Start = value.Start + scheme };
    }

    private static readonly System.Buffers.SearchValues<char> s_schemeCharacters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"
    );

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.';

    private static int StartOfName(string text, int place, int earliest)
    {
        while (place > earliest && IsNameCharacter(text[place - 1]))
            place--;

        // The n of "\nname" is no part of it.
        return place > earliest && text[place - 1] == '\\' && text[place] is 'n' or 'r' or 't' ? place + 1 : place;
    }

    private static int EndOfName(string text, int place)
    {
        while (place < text.Length && IsNameCharacter(text[place]))
            place++;
        return place;
    }
}
