namespace PatternAnalysis.Danger;

/// <summary>The words of a tool's name: a substring is no word, so <c>mcp__dropbox__list</c> does not drop anything.</summary>
internal static class ToolNameWords
{
    /// <summary>Splits at everything that is not a letter and at camel-case borders; in lower case.</summary>
    public static IEnumerable<string> Split(string name)
    {
        var start = 0;
        for (var index = 0; index <= name.Length; index++)
        {
            if (index < name.Length && char.IsLetter(name[index]) && (index == start || !IsBorder(name, index)))
                continue;
            if (index > start)
                yield return name[start..index].ToLowerInvariant();
            start = index < name.Length && char.IsLetter(name[index]) ? index : index + 1;
        }
    }

    /// <summary>Whether the words of <paramref name="phrase"/> stand side by side in a name.</summary>
    public static bool Contains(string name, string phrase)
    {
        string[] words = [.. Split(name)];
        string[] wanted = [.. Split(phrase)];
        return wanted.Length > 0 && words.AsSpan().IndexOf(wanted) >= 0;
    }

    /// <summary>The forms of a verb that names use: drop, drops, dropped, dropping; delete, deletes, deleted, deleting.</summary>
    public static IEnumerable<string> Inflect(string word)
    {
        word = word.ToLowerInvariant();
        yield return word;
        yield return word + "s";
        if (word.Length < 3)
            yield break;
        if (word.EndsWith('e'))
        {
            yield return word + "d";
            yield return word + "r";
            yield return word[..^1] + "ing";
        }
        else if (word.EndsWith('y'))
        {
            yield return word[..^1] + "ies";
            yield return word[..^1] + "ied";
            yield return word + "ing";
        }
        else
        {
            yield return word + "es";
            yield return word + "ed";
            yield return word + "ing";
            yield return word + word[^1] + "ed";
            yield return word + word[^1] + "ing";
        }
    }

    // "forceDelete" has one before D; "HTTPDelete" has one before D, where the capitals end.
    private static bool IsBorder(string name, int index) =>
        char.IsUpper(name[index]) && (char.IsLower(name[index - 1]) || (index + 1 < name.Length && char.IsLower(name[index + 1])));
}
