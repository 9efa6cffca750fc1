using System.Buffers;
using System.Text;

namespace PatternAnalysis.Masking;

/// <summary>Tokens of known forms: the prefix stays and tells the kind.</summary>
internal sealed class TokenRule : IMaskingRule
{
    private const int LongestLook = 64;

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly SearchValues<char> s_capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    private static readonly SearchValues<char> s_letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    );

    private static readonly SearchValues<char> s_words = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    private static readonly SearchValues<char> s_address = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~+/=%@:?&"
    );

    public IReadOnlyCollection<string> Signs { get; } = [.. TokenForms.All.Select(form => form.Prefix)];

    public string Apply(string text)
    {
        foreach (var form in TokenForms.All)
        {
            if (text.Contains(form.Prefix, StringComparison.Ordinal))
                text = Mask(text, form);
        }

        return text;
    }

    private static string Mask(string text, TokenForm form)
    {
        var isShort = char.IsAsciiLetterUpper(form.Alphabet);
        var alphabet = char.ToLowerInvariant(form.Alphabet) switch
        {
            'x' => s_hexadecimal,
            'u' => s_capitals,
            'n' => s_letters,
            'w' => s_words,
            _ => s_address,
        };
        StringBuilder? masked = null;
        var copied = 0;
        for (
            var i = text.IndexOf(form.Prefix, StringComparison.Ordinal);
            i >= 0;
            i = text.IndexOf(form.Prefix, i, StringComparison.Ordinal)
        )
        {
            var start = i + form.Prefix.Length;
            i = start;
            if (!Begins(text.AsSpan(start), form, alphabet) || (isShort && !BeginsWord(text, start - form.Prefix.Length)))
                continue;

            masked ??= new StringBuilder(text.Length);
            masked.Append(text, copied, start - copied).Append(SecretMasker.Mark);
            var length = text.AsSpan(start).IndexOfAnyExcept(alphabet);
            copied = i = length < 0 ? text.Length : start + length;
        }

        return masked is null ? text : masked.Append(text, copied, text.Length - copied).ToString();
    }

    // Only as far as it takes, so that a text full of prefixes is no long work.
    private static bool Begins(ReadOnlySpan<char> rest, TokenForm form, SearchValues<char> alphabet)
    {
        if (rest.Length < form.Length || rest[..form.Length].IndexOfAnyExcept(alphabet) >= 0)
            return false;
        return form.Alphabet != 'W' || rest[..Math.Min(rest.Length, LongestLook)].IndexOfAnyInRange('0', '9') >= 0;
    }

    // A token also begins after an underscore, and after an escaped line break: the n of "\n" is no letter of the word.
    private static bool BeginsWord(string text, int place) =>
        place == 0
        || !char.IsAsciiLetterOrDigit(text[place - 1])
        || (place > 1 && text[place - 2] == '\\' && text[place - 1] is 'n' or 'r' or 't');
}
