using System.Buffers;
using PatternAnalysis.Events;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Import;

/// <summary>
/// Takes from a tool's answer what a later command can have been filled in from: its paths, and words with a digit in them. Only the answer's
/// first and last parts are looked at, so that its size doesn't matter, and every line that something is taken of is masked.
/// </summary>
internal static class ResultTokens
{
    private const int HalfLength = 8192;
    private const int HalfCount = CallResult.MaximumTokens / 2;
    private const int ShortestToken = 2;
    private const string KeyHeader = "-----BEGIN";

    private static readonly SearchValues<char> s_separators = SearchValues.Create(" \t\r\"'`()[]{}<>,;|=→");

    /// <summary>The tokens, each once, in their order; none for a text without any.</summary>
    public static IReadOnlyList<string> Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return [];
        if (text.Contains(KeyHeader, StringComparison.Ordinal))
            text = SecretMasker.Mask(text.Length > 2 * HalfLength ? text[..(2 * HalfLength)] : text);

        // No more is read than is kept.
        var lines = Lines(text);
        var found = Collect(lines, CallResult.MaximumTokens);
        if (found.Length <= CallResult.MaximumTokens)
            return Unmasked(found);

        var last = Collect(Enumerable.Reverse(lines), HalfCount - 1).Take(HalfCount).ToArray();
        Array.Reverse(last);
        return [.. Unmasked(found[..HalfCount]).Union(Unmasked(last), StringComparer.Ordinal)];
    }

    /// <summary>The tokens with the line that each stands in, each once, until there are more than asked for.</summary>
    private static KeyValuePair<string, string>[] Collect(IEnumerable<string> lines, int count)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            foreach (var token in TokensOf(line))
                found.TryAdd(token, line);
            if (found.Count > count)
                break;
        }

        return [.. found];
    }

    /// <summary>Those that masking leaves, alone and in their lines. All are masked at once, and apart only where there is a secret.</summary>
    private static string[] Unmasked(KeyValuePair<string, string>[] tokens)
    {
        string[] lines = [.. tokens.Select(token => token.Value).Distinct(StringComparer.Ordinal)];
        if (IsLeft(lines) && IsLeft(tokens.Select(token => token.Key)))
            return [.. tokens.Select(token => token.Key)];

        var left = lines.ToDictionary(line => line, line => TokensOf(SecretMasker.Mask(line)).ToHashSet(StringComparer.Ordinal));
        return [.. tokens.Where(token => left[token.Value].Contains(token.Key) && IsLeft([token.Key])).Select(token => token.Key)];
    }

    private static bool IsLeft(IEnumerable<string> texts) => string.Join('\n', texts) is var text && SecretMasker.Mask(text) == text;

    private static string[] Lines(string text)
    {
        if (text.Length <= 2 * HalfLength)
            return text.Split('\n');

        // The lines that are cut through are left out, if there are others.
        var head = text[..HalfLength].Split('\n');
        var tail = text[^HalfLength..].Split('\n');
        return [.. head[..Math.Max(1, head.Length - 1)], .. tail[(tail.Length > 1 ? 1 : 0)..]];
    }

    private static List<string> TokensOf(string line)
    {
        var tokens = new List<string>();
        var rest = WithoutNumber(line);
        while (rest.Length > 0)
        {
            var length = rest.IndexOfAny(s_separators);
            length = length < 0 ? rest.Length : length;
            AddWord(rest[..length], tokens);
            rest = rest[Math.Min(rest.Length, length + 1)..];
        }

        return tokens;
    }

    // Files are shown with the numbers of their lines in front.
    private static ReadOnlySpan<char> WithoutNumber(string line)
    {
        var text = line.AsSpan().TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && text[digits] is '→' or '\t' ? text[(digits + 1)..] : text;
    }

    private static void AddWord(ReadOnlySpan<char> word, List<string> tokens)
    {
        // Colons part a path from a line's number and a name from its value, but not in a URL or behind the letter of a drive.
        var colon = word.IndexOf(':');
        if (colon >= 0 && !word[colon..].StartsWith("://") && !(colon == 1 && word.Length > 2 && word[2] is '\\' or '/'))
        {
            AddWord(word[..colon], tokens);
            AddWord(word[(colon + 1)..], tokens);
            return;
        }

        word = word.Trim("#.!?*:@").TrimEnd("/\\");
        if (word.Length is >= ShortestToken and <= CallResult.LongestToken && (IsPath(word) || IsId(word)))
            tokens.Add(word.ToString());
    }

    private static bool IsPath(ReadOnlySpan<char> word)
    {
        if (!word.ContainsAnyInRange('a', 'z') && !word.ContainsAnyInRange('A', 'Z'))
            return false;
        if (word.ContainsAny('/', '\\'))
            return true;

        // A name with an extension.
        var dot = word.LastIndexOf('.');
        var extension = word[(dot + 1)..];
        return dot > 0 && extension.Length is >= 1 and <= 8 && char.IsAsciiLetter(extension[0]) && !extension.ContainsAny('-', '_', '(');
    }

    private static bool IsId(ReadOnlySpan<char> word) =>
        word.ContainsAnyInRange('0', '9') && !word.Contains(SecretMasker.Mark, StringComparison.Ordinal);
}
