namespace PatternAnalysis.Classification;

/// <summary>The words of a tool's name: <c>mcp__files__deleteFile</c> is mcp, files, delete, file.</summary>
internal static class ToolNameWords
{
    /// <summary>Splits a name at everything that is no letter and where lower case turns to upper case; the words are in lower case.</summary>
    public static IReadOnlyList<string> Split(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsLetter(name[i]);
            if (!ends && !(i > start && StartsWord(name, i)))
                continue;

            if (i > start)
                words.Add(name[start..i].ToLowerInvariant());
            start = ends ? i + 1 : i;
        }

        return words;
    }

    /// <summary>Whether the words of <paramref name="phrase"/> stand side by side in <paramref name="name"/>.</summary>
    public static bool Contains(string name, string phrase)
    {
        var (words, wanted) = (Split(name), Split(phrase));
        return wanted.Count > 0
            && Enumerable.Range(0, Math.Max(0, words.Count - wanted.Count + 1)).Any(at => words.Skip(at).Take(wanted.Count).SequenceEqual(wanted));
    }

    // aB starts a word at B; ABc starts one at B as well (HTTPDelete).
    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
