using System.Buffers;
using System.Runtime.CompilerServices;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Import;

/// <summary>
/// Takes from a tool's answer what a later command can have been filled in from: its paths, and words with a digit in them. Only the
/// answer's first and last parts are looked at, so that its size doesn't matter, no word is copied that isn't kept, and every line that
/// something is taken of is masked.
/// </summary>
internal static class ResultTokens
{
    private const int HalfLength = 8192;
    private const int HalfCount = CallResult.MaximumTokens / 2;
    private const int ShortestToken = 2;
    private const string KeyHeader = "-----BEGIN";

    private static readonly SearchValues<char> s_separators = SearchValues.Create(" \t\r\"'`()[]{}<>,;|=→");

    // Every token holds one of these, and few other words do.
    private static readonly SearchValues<char> s_telling = SearchValues.Create("0123456789./\\");

    /// <summary>The tokens of a text, each once, in their order; none for what is no text.</summary>
    public static IReadOnlyList<string> Of(JsonSlice text) =>
        OfBounded(text.Raw.Length <= 2 * HalfLength ? text.Characters() : text.Ends(HalfLength));

    /// <summary>The tokens, each once, in their order; none for a text without any.</summary>
    public static IReadOnlyList<string> Of(string? text) =>
        text is not { Length: > 2 * HalfLength } ? OfBounded(text) : OfLong(text[..HalfLength], text[^HalfLength..]);

    // The lines that are cut through are left out, if there are others.
    private static List<string> OfLong(string start, string end) =>
        OfBounded($"{start[..(start.LastIndexOf('\n') is > 0 and var cut ? cut : start.Length)]}\n{end[(end.IndexOf('\n') + 1)..]}");

    private static List<string> OfBounded(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return [];
        if (text.Contains(KeyHeader, StringComparison.Ordinal))
            text = SecretMasker.Mask(text.ToString());

        // No more is read than is kept.
        var found = new TokenSet(stackalloc Token[CallResult.MaximumTokens + 1], stackalloc byte[TokenSet.Slots], text);
        for (var start = 0; start < text.Length && !found.IsFull; )
        {
            var end = text[start..].IndexOf('\n') is >= 0 and var length ? start + length : text.Length;
            AddLine(ref found, text, start, end);
            start = end + 1;
        }

        if (!found.IsFull)
            return Unmasked(found.Tokens, text);

        var last = new TokenSet(stackalloc Token[HalfCount], stackalloc byte[TokenSet.Slots], text);
        for (var end = text.Length; end > 0 && !last.IsFull; )
        {
            var start = text[..end].LastIndexOf('\n') + 1;
            AddLine(ref last, text, start, end);
            end = start - 1;
        }

        last.Tokens.Sort((one, other) => one.Start.CompareTo(other.Start));
        return [.. Unmasked(found.Tokens[..HalfCount], text).Union(Unmasked(last.Tokens, text), StringComparer.Ordinal)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLine(ref TokenSet tokens, ReadOnlySpan<char> text, int start, int end)
    {
        var line = text[start..end];
        for (var place = LengthOfNumber(line); place < line.Length; )
        {
            var telling = line[place..].IndexOfAny(s_telling);
            if (telling < 0)
                return;

            telling += place;
            var wordStart = place + line[place..telling].LastIndexOfAny(s_separators) + 1;
            var wordEnd = line[telling..].IndexOfAny(s_separators) is >= 0 and var length ? telling + length : line.Length;
            AddWord(ref tokens, line, wordStart, wordEnd, new Token(start, end - start, start));
            place = wordEnd + 1;
        }
    }

    /// <summary>Those that masking leaves, alone and in their lines.</summary>
    private static List<string> Unmasked(ReadOnlySpan<Token> tokens, ReadOnlySpan<char> text)
    {
        var left = new List<string>(tokens.Length);
        HashSet<string>? leftInLine = null;
        var (line, isHarmless) = (-1, false);
        foreach (var token in tokens)
        {
            if (token.LineStart != line)
            {
                line = token.LineStart;
                var whole = text.Slice(token.LineStart, token.LineLength);
                isHarmless = !SecretMasker.MayMask(whole);
                leftInLine = isHarmless ? null : LeftIn(whole.ToString());
            }

            var word = text.Slice(token.Start, token.Length).ToString();
            if (isHarmless || ((leftInLine is null || leftInLine.Contains(word)) && SecretMasker.Mask(word) == word))
                left.Add(word);
        }

        return left;
    }

    // The words of a line that masking leaves; null when it leaves all.
    private static HashSet<string>? LeftIn(string line)
    {
        var masked = SecretMasker.Mask(line);
        if (masked == line)
            return null;

        var tokens = new TokenSet(stackalloc Token[CallResult.MaximumTokens], stackalloc byte[TokenSet.Slots], masked);
        AddLine(ref tokens, masked, 0, masked.Length);
        var left = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in tokens.Tokens)
            left.Add(masked.Substring(token.Start, token.Length));
        return left;
    }

    // Files are shown with the numbers of their lines in front.
    private static int LengthOfNumber(ReadOnlySpan<char> line)
    {
        var blanks = line.Length - line.TrimStart().Length;
        var digits = line[blanks..].IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line[blanks + digits] is '→' or '\t' ? blanks + digits + 1 : blanks;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWord(ref TokenSet tokens, ReadOnlySpan<char> line, int start, int end, Token inLine)
    {
        // Colons part a path from a line's number and a name from its value, but not in a URL or behind the letter of a drive.
        var word = line[start..end];
        var drive = word is [_, ':', '\\' or '/', ..] ? 2 : 0;
        var colon = word[drive..].IndexOf(':') + drive;
        if (colon >= drive && !word[colon..].StartsWith("://"))
        {
            AddWord(ref tokens, line, start, start + colon, inLine);
            AddWord(ref tokens, line, start + colon + 1, end, inLine);
            return;
        }

        start += word.Length - word.TrimStart("#.!?*:@").Length;
        word = line[start..end].TrimEnd("#.!?*:@").TrimEnd("/\\");
        if (word.Length is >= ShortestToken and <= CallResult.LongestToken && (IsPath(word) || IsId(word)))
            tokens.Add(inLine with { Start = inLine.LineStart + start, Length = word.Length });
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

    /// <summary>Where a token stands, and the line that it stands in.</summary>
    private readonly record struct Token(int LineStart, int LineLength, int Start, int Length = 0);

    /// <summary>Tokens of one text, each once, up to a number.</summary>
    private ref struct TokenSet(Span<Token> tokens, Span<byte> slots, ReadOnlySpan<char> text)
    {
        public const int Slots = 256;

        private readonly Span<Token> _tokens = tokens;
        private readonly Span<byte> _slots = slots;
        private readonly ReadOnlySpan<char> _text = text;
        private int _count;

        public readonly Span<Token> Tokens => _tokens[.._count];

        public readonly bool IsFull => _count == _tokens.Length;

        public void Add(Token token)
        {
            if (IsFull)
                return;

            var word = _text.Slice(token.Start, token.Length);
            for (var slot = (byte)string.GetHashCode(word); ; slot++)
            {
                if (_slots[slot] == 0)
                {
                    _tokens[_count++] = token;
                    _slots[slot] = (byte)_count;
                    return;
                }

                var known = _tokens[_slots[slot] - 1];
                if (_text.Slice(known.Start, known.Length).SequenceEqual(word))
                    return;
            }
        }
    }
}
