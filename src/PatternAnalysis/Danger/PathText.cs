namespace PatternAnalysis.Danger;

/// <summary>Paths as commands spell them, brought to one spelling.</summary>
internal static class PathText
{
    // Alternatives in braces multiply; past so many nobody has written them by hand.
    private const int MaximumAlternatives = 64;

    /// <summary>One kind of slash, no empty and no <c>.</c> parts, <c>..</c> taken back as far as it goes.</summary>
    public static string Normalize(string path)
    {
        if (path.AsSpan().IndexOfAny('/', '\\') < 0)
            return path;
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            if (part is "" or ".")
                continue;
            if (part == ".." && parts is [.., not ".."])
                parts.RemoveAt(parts.Count - 1);
            else
                parts.Add(part);
        }

        var root = path[0] is '/' or '\\' ? "/" : "";
        return root + string.Join('/', root.Length > 0 ? parts.SkipWhile(part => part == "..") : parts);
    }

    /// <summary>What <c>a{b,c}</c> stands for, the text itself when there are no braces with a comma.</summary>
    public static IEnumerable<string> Alternatives(string word) => word.Contains('{', StringComparison.Ordinal) ? Expand(word) : [word];

    private static IEnumerable<string> Expand(string word)
    {
        var pending = new Queue<string>([word]);
        for (var made = 0; pending.TryDequeue(out var text); )
        {
            var open = text.LastIndexOf('{');
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0 || made >= MaximumAlternatives || !text.AsSpan(open, close - open).Contains(','))
            {
                yield return text;
                continue;
            }

            foreach (var alternative in text[(open + 1)..close].Split(','))
            {
                made++;
                pending.Enqueue(text[..open] + alternative + text[(close + 1)..]);
            }
        }
    }

    /// <summary>
    /// Whether a pattern of file names can stand for one of these names: <c>.e*</c> for <c>.env</c>, <c>*</c> for none with a dot.
    /// </summary>
    public static bool MayName(string path, IEnumerable<string> names)
    {
        var pattern = path[(path.LastIndexOf('/') + 1)..];

        // A pattern that says nothing about the name, "*", names everything and therefore nothing in particular.
        return pattern.AsSpan().IndexOfAny('*', '?', '[') >= 0
            && (pattern[0] is '.' or '[' || pattern.Count(character => char.IsAsciiLetterOrDigit(character)) > 1)
            && names.Any(name => (name[0] != '.' || pattern[0] is '.' or '[') && Matches(pattern, name));
    }

    private static bool Matches(string pattern, string name)
    {
        // One row of the table of prefixes: possible[i] says whether the pattern so far covers i characters of the name.
        var possible = new bool[name.Length + 1];
        possible[0] = true;
        for (var index = 0; index < pattern.Length; index++)
        {
            var next = new bool[name.Length + 1];
            var set = pattern[index] == '[' ? pattern.IndexOf(']', index + 1) : -1;
            for (var at = 0; at <= name.Length; at++)
            {
                if (pattern[index] == '*')
                    next[at] = possible[at] || (at > 0 && next[at - 1]);
                else if (at > 0 && possible[at - 1])
                    next[at] = pattern[index] == '?' || set > 0 || pattern[index] == name[at - 1];
            }

            index = set > 0 ? set : index;
            possible = next;
        }

        return possible[name.Length];
    }
}
