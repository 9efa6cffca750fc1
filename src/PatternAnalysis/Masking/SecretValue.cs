using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace PatternAnalysis.Masking;

/// <summary>Tells a secret from what only stands in the place of one: a reference, a placeholder, a type, code that reads it.</summary>
internal static class SecretValue
{
    private static readonly FrozenSet<string> s_noValues = Words(
        "any array auto basic bearer bool boolean byte bytes char default deny digest disabled "
            + "enabled false float include inherit int integer long negotiate never nil no none ntlm null "
            + "number oauth oauth2 object off omit on optional required same-origin str string "
            + "securestring text true undefined varchar yes"
    );

    // What code that reads a secret begins with.
    private static readonly FrozenSet<string> s_roots = Words(
        "app args arguments await cfg conf config configuration context ctx data document env "
            + "environment github import input inputs local module new opts options os params process "
            + "props req request res response secrets self session settings state steps system this user "
            + "var vars window"
    );

    // Of a cmdlet that a value comes from: $cred = Get-Credential.
    private static readonly string[] s_verbs = ["ConvertTo", "Get", "Import", "Invoke", "New", "Read"];

    // What its noun ends with. Any other word behind a verb may be a password: New-Winter, Read-Only.
    private static readonly string[] s_nouns =
    [
        "Certificate",
        "Clixml",
        "Content",
        "Credential",
        "Guid",
        "Host",
        "Item",
        "ItemProperty",
        "Json",
        "Key",
        "Object",
        "Random",
        "RestMethod",
        "Secret",
        "SecureString",
        "Token",
        "Variable",
        "WebRequest",
    ];

    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );

    private static readonly SearchValues<char> s_testNameCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./"
    );

    private static readonly SearchValues<char> s_separators = SearchValues.Create("-_./\\:,");

    private static readonly string[] s_places = ["op://", "arn:", "file:", "env:", "vault:", "ref+", "projects/", "@Microsoft.KeyVault("];

    /// <summary>Whether a value names a secret's place and is none: a variable, a substitution, a placeholder, wholly.</summary>
    public static bool IsReference(ReadOnlySpan<char> value)
    {
        value = value.Trim().Trim("\"'");
        if (value.IsEmpty || value.SequenceEqual(SecretMasker.Mark))
            return true;
        if (IsWholly(value, "${{", "}}") || IsWholly(value, "{{", "}}") || IsWholly(value, "<", ">") || IsWholly(value, "#{", "}"))
            return true;
        foreach (var place in s_places)
        {
            if (value.StartsWith(place, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return value[0] switch
        {
            '$' when value is [_, '(', ..] => ValueReader.EndOfSubstitution(value, 0) >= value.Length - 1,
            '$' => IsVariable(value[1..]) || IsOfVariables(value),
            '`' => ValueReader.EndOfSubstitution(value, 0) >= value.Length - 1,
            '%' or '!' => value.Length > 2 && value[^1] == value[0] && IsName(value[1..^1]),
            '{' => value is [_, .., '}'] && IsName(value[1..^1]),
            _ => value is "?" or "%s" or "%d" or "-" or "..." or "…" or "|" or ">" or "|-" or ">-" or "@-",
        };
    }

    /// <summary>A number of few digits, alone or with what it counts: <c>12 of 12 tests</c>, <c>7/9</c>.</summary>
    public static bool IsCount(ReadOnlySpan<char> value)
    {
        var digits = value.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            return value.Length <= 3;
        if (digits is 0 or > 6)
            return false;
        var rest = value[digits..];
        if (rest.StartsWith(" of ", StringComparison.Ordinal))
            return BeginsWithNumber(rest[4..]);
        return rest[0] == '/'
            ? BeginsWithNumber(rest[1..])
            : rest is " test" or " tests"
                || rest.StartsWith(" test ", StringComparison.Ordinal)
                || rest.StartsWith(" tests ", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether a value begins with the name of a test, <c>TestLogin (0.00s)</c>, <c>tests/login</c>: an identifier or a path that doesn't
    /// look like a secret.
    /// </summary>
    public static bool IsTestName(ReadOnlySpan<char> value)
    {
        var end = value.IndexOf(' ');
        var name = end < 0 ? value : value[..end];
        return name.StartsWith("test", StringComparison.OrdinalIgnoreCase)
            && name.IndexOfAnyExcept(s_testNameCharacters) < 0
            && !LooksSecret(name)
            && (end < 0 || value[end..].StartsWith(" (", StringComparison.Ordinal));
    }

    /// <summary>Whether a value that stands behind a telling name is none: yes and no, a type, a call.</summary>
    /// <param name="value">The value without its quotes.</param>
    /// <param name="isQuoted">Whether it had some.</param>
    public static bool IsNoValue(ReadOnlySpan<char> value, bool isQuoted)
    {
        if (IsReference(value))
            return true;
        var word = value.TrimEnd("?![]:;");
        return (word.Length <= 16 && s_noValues.Contains(word.ToString())) || (!isQuoted && IsCode(value));
    }

    /// <summary>
    /// Whether a value looks like a secret by itself: letters and digits mixed, and no path, address, version or ordinary word.
    /// </summary>
    public static bool LooksSecret(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (value.Length < 6 || value.ContainsAny(' ', '\t', '(') || value.Contains("://", StringComparison.Ordinal))
            return false;
        if (
            value.IndexOf(':') is > 0 and var colon
            && colon < value.Length - 1
            && !value.Contains('/')
            && !value[(colon + 1)..].Contains(':')
        )
            return !IsReference(value[(colon + 1)..])
                && value[(colon + 1)..].IndexOfAnyExceptInRange('0', '9') >= 0
                && !char.IsAsciiDigit(value[0]);
        if (value.IndexOfAny(s_separators) < 0)
            return Mixes(value, 1)
                || (value.Length >= 20 && value.IndexOfAnyInRange('a', 'z') >= 0 && value.IndexOfAnyInRange('A', 'Z') >= 0);

        var looksSecret = false;
        foreach (var range in value.ToString().Split(['-', '_', '.', '/', '\\', ':', ','], StringSplitOptions.RemoveEmptyEntries))
            looksSecret |= (range.Length >= 8 && Mixes(range, 2)) || (range.Length >= 16 && Mixes(range, 1));
        return looksSecret;
    }

    /// <summary>A value with everything hidden but the commands that a shell puts in.</summary>
    public static string Hide(ReadOnlySpan<char> value)
    {
        if (!value.Contains("$(", StringComparison.Ordinal) && !value.Contains('`'))
            return SecretMasker.Mark;

        var shown = new StringBuilder();
        var isHidden = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '`' || (value[i] == '$' && i + 1 < value.Length && value[i + 1] == '('))
            {
                var end = ValueReader.EndOfSubstitution(value, i);
                // One that doesn't end is a part of the secret.
                if (end == value.Length)
                    return (isHidden ? shown : shown.Append(SecretMasker.Mark)).ToString();
                shown.Append(value[i..(end + 1)]);
                i = end;
                isHidden = false;
            }
            else if (!isHidden)
            {
                shown.Append(SecretMasker.Mark);
                isHidden = true;
            }
        }

        return shown.ToString();
    }

    private static bool Mixes(ReadOnlySpan<char> text, int changes)
    {
        var count = 0;
        var letters = 0;
        var digits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isDigit = char.IsAsciiDigit(text[i]);
            digits += isDigit ? 1 : 0;
            letters += char.IsAsciiLetter(text[i]) ? 1 : 0;
            if (i > 0 && isDigit != char.IsAsciiDigit(text[i - 1]))
                count++;
        }

        return letters > 0 && digits > 0 && count >= changes;
    }

    private static bool IsWholly(ReadOnlySpan<char> value, string start, string end) =>
        value.Length > start.Length + end.Length
        && value.StartsWith(start, StringComparison.Ordinal)
        && value.EndsWith(end, StringComparison.Ordinal)
        && !value[start.Length..^end.Length].Contains(end, StringComparison.Ordinal);

    // Behind the dollar: NAME, {NAME}, env:NAME, {env:NAME}, NAME.Member. "$1abc" and "$2b$10$..." are none.
    private static bool IsVariable(ReadOnlySpan<char> value)
    {
        if (value is ['{', .., '}'])
            value = value[1..^1];
        if (value.StartsWith("env:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("script:", StringComparison.OrdinalIgnoreCase))
            value = value[(value.IndexOf(':') + 1)..];
        if (value.IsEmpty)
            return false;
        if (char.IsAsciiDigit(value[0]))
            return value.IndexOfAnyExceptInRange('0', '9') < 0;
        return IsName(value) || (value.IndexOf('.') is > 0 and var dot && IsName(value[..dot]) && IsName(value[(dot + 1)..]));
    }

    // ${user}-${id}: nothing but variables and what joins them.
    private static bool IsOfVariables(ReadOnlySpan<char> value)
    {
        while (value is ['$', '{', ..] && value.IndexOf('}') is > 0 and var end && IsVariable(value[1..(end + 1)]))
            value = value[(end + 1)..].TrimStart("-_:./");
        return value.IsEmpty;
    }

    private static bool IsOfLetters(ReadOnlySpan<char> value)
    {
        foreach (var character in value)
        {
            if (!char.IsAsciiLetter(character))
                return false;
        }

        return !value.IsEmpty;
    }

    private static bool IsName(ReadOnlySpan<char> value) => !value.IsEmpty && value.IndexOfAnyExcept(s_nameCharacters) < 0;

    // getToken(), process.env.TOKEN, os.environ["TOKEN"].
    private static bool IsCode(ReadOnlySpan<char> value)
    {
        var length = value.IndexOfAnyExcept(s_nameCharacters);
        var root = length < 0 ? value : value[..length];
        var isRoot = root.Length <= 16 && s_roots.Contains(root.ToString());
        if (length < 0)
            return root is "await" or "new";
        if (value[length] == '-')
            return IsCmdlet(root, value[(length + 1)..]);
        if (root.IsEmpty)
            return false;
        if (value[length] == '(')
            return value.EndsWith(")") || value.EndsWith("(");
        if (value[length] == '[')
            return isRoot || (IsOfLetters(root) && value[^1] == ']' && IsOfLetters(value[(length + 1)..^1]));
        if (value[length] != '.')
            return false;
        var rest = value[length..];
        var call = rest.IndexOf('(');
        return isRoot || (call > 0 && IsName(rest[1..call].ToString().Replace(".", "", StringComparison.Ordinal)));
    }

    private static bool IsCmdlet(ReadOnlySpan<char> verb, ReadOnlySpan<char> noun)
    {
        if (!IsOfLetters(noun) || !char.IsAsciiLetterUpper(noun[0]) || !IsAny(s_verbs, verb))
            return false;
        foreach (var end in s_nouns)
        {
            if (noun.EndsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool IsAny(string[] words, ReadOnlySpan<char> word)
    {
        foreach (var known in words)
        {
            if (word.SequenceEqual(known))
                return true;
        }

        return false;
    }

    // A number that is over at the end, a blank or what ends a sentence.
    private static bool BeginsWithNumber(ReadOnlySpan<char> value)
    {
        var digits = value.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
            return value.Length is > 0 and <= 6;
        return digits is > 0 and <= 6 && (value[digits] == ' ' || value[digits..] is [',' or '.' or ';' or ':' or ')' or '!']);
    }

    private static FrozenSet<string> Words(string text) => text.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
