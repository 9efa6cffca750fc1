using System.Runtime.CompilerServices;

namespace PatternAnalysis.Masking;

/// <summary>
/// Finds in one pass over a text which of many signs it holds, in upper or lower case, so that only rules that may find something search
/// it. Time is linear in the text: at each place two characters decide whether a sign may begin there at all.
/// </summary>
internal sealed class SecretSigns
{
    private const int Codes = 64;

    private readonly Sign[]?[] _signs = new Sign[]?[Codes * Codes];

    /// <summary>Takes the signs of rules, at most 64 of them.</summary>
    public SecretSigns(IReadOnlyList<IMaskingRule> rules)
    {
        for (var rule = 0; rule < rules.Count; rule++)
        {
            foreach (var sign in rules[rule].Signs)
                Add(new Sign(sign, 1UL << rule, rules[rule].SignsAreWords));
        }
    }

    /// <summary>The rules whose signs a text holds, a bit for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Find(ReadOnlySpan<char> text)
    {
        var found = 0UL;
        var before = text.Length > 0 ? Code(text[0]) : 0;
        for (var i = 1; i < text.Length; i++)
        {
            var next = Code(text[i]);
            if (_signs[before * Codes + next] is { } signs)
                found |= Of(signs, text, i - 1);
            before = next;
        }

        return found;
    }

    private static ulong Of(Sign[] signs, ReadOnlySpan<char> text, int place)
    {
        var found = 0UL;
        foreach (var sign in signs)
        {
            if (sign.Begins(text, place))
                found |= sign.Rule;
        }

        return found;
    }

    // Signs are found by their first two characters; one of a single character is entered with every second one.
    private void Add(Sign sign)
    {
        var first = Code(sign.Text[0]) * Codes;
        foreach (var pair in sign.Text.Length > 1 ? [first + Code(sign.Text[1])] : Enumerable.Range(first, Codes))
            _signs[pair] = [.. _signs[pair] ?? [], sign];
    }

    // The same for a letter in both cases.
    private static int Code(char character) => (character | 0x20) & (Codes - 1);

    private readonly record struct Sign(string Text, ulong Rule, bool IsWord)
    {
        public bool Begins(ReadOnlySpan<char> text, int place) =>
            text[place..].StartsWith(Text, StringComparison.OrdinalIgnoreCase)
            && (!IsWord || ((place == 0 || !char.IsAsciiLetterOrDigit(text[place - 1])) && EndsWord(text[(place + Text.Length)..])));

        private static bool EndsWord(ReadOnlySpan<char> rest) => rest.IsEmpty || !char.IsAsciiLetterOrDigit(rest[0]);
    }
}
