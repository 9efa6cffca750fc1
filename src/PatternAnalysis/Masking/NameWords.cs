namespace PatternAnalysis.Masking;

/// <summary>Splits a name into its words: at what is no letter or digit, and where capitals begin.</summary>
internal static class NameWords
{
    /// <summary>The words, in lower case, without digits at their ends.</summary>
    public static List<string> Split(ReadOnlySpan<char> name)
    {
        var words = new List<string>(4);
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && char.IsAsciiLetterOrDigit(name[i]) && (i == start || !BeginsWord(name, i)))
                continue;
            if (i > start)
                words.Add(Word(name[start..i]));
            start = i < name.Length && char.IsAsciiLetterOrDigit(name[i]) ? i : i + 1;
        }

        return words;
    }

    // apiKey: before K. APIKey: before the K that a small letter follows.
    private static bool BeginsWord(ReadOnlySpan<char> name, int place) =>
        char.IsAsciiLetterUpper(name[place])
        && (!char.IsAsciiLetterUpper(name[place - 1]) || (place + 1 < name.Length && char.IsAsciiLetterLower(name[place + 1])));

    private static string Word(ReadOnlySpan<char> word)
    {
        var withoutDigits = word.TrimEnd("0123456789");
        return (withoutDigits.IsEmpty ? word : withoutDigits).ToString().ToLowerInvariant();
    }
}
