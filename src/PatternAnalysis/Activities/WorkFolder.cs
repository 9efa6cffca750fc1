namespace PatternAnalysis.Activities;

/// <summary>Takes the folder of the work out of paths, so that the same file has one name in every checkout.</summary>
internal static class WorkFolder
{
    private static readonly string[] s_worktrees =
    [
        "/.worktrees/",
        "/worktrees/",
        "/.claude/worktrees/",
        "\\.worktrees\\",
        "\\worktrees\\",
    ];

    /// <summary>Whether a text names the folder, or a worktree.</summary>
    public static bool IsIn(string text, string? folder) =>
        (folder is { Length: > 1 } && text.Contains(folder, StringComparison.Ordinal))
        || text.Contains("worktrees", StringComparison.Ordinal);

    /// <summary>The text with paths below the folder, or below a worktree, made relative.</summary>
    public static string Strip(string text, string? folder)
    {
        if (folder is { Length: > 1 } && text.Contains(folder, StringComparison.Ordinal))
            text = StripFolder(text, folder.TrimEnd('/', '\\'));
        foreach (var worktree in s_worktrees)
        {
            for (var at = text.IndexOf(worktree, StringComparison.Ordinal); at >= 0; at = text.IndexOf(worktree, StringComparison.Ordinal))
            {
                var start = at;
                while (start > 0 && !IsBorder(text[start - 1]))
                    start--;
                var name = at + worktree.Length;
                while (name < text.Length && text[name] is not ('/' or '\\') && !IsBorder(text[name]))
                    name++;
                var isFolder = name < text.Length && text[name] is '/' or '\\';
                text = string.Concat(text.AsSpan(0, start), isFolder ? "" : ".", text.AsSpan(isFolder ? name + 1 : name));
            }
        }

        return text;
    }

    private static string StripFolder(string text, string folder)
    {
        for (var at = text.IndexOf(folder, StringComparison.Ordinal); at >= 0; )
        {
            var end = at + folder.Length;
            var isWhole = (at == 0 || IsBorder(text[at - 1])) && (end == text.Length || IsBorder(text[end]) || text[end] is '/' or '\\');
            if (!isWhole)
            {
                at = text.IndexOf(folder, end, StringComparison.Ordinal);
                continue;
            }

            var isFolder = end < text.Length && text[end] is '/' or '\\';
            var next = isFolder ? end + 1 : end;
            var isAlone = next == text.Length || IsBorder(text[next]);
            text = string.Concat(text.AsSpan(0, at), isAlone ? "." : "", text.AsSpan(next));
            at = text.IndexOf(folder, at, StringComparison.Ordinal);
        }

        return text;
    }

    private static bool IsBorder(char character) =>
        character is ' ' or '"' or '\'' or '=' or ':' or '\n' or ';' or '&' or '|' or '(' or ')' or '`' or ',';
}
