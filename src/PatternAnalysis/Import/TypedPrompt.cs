namespace PatternAnalysis.Import;

/// <summary>
/// Tells what a person wrote from what the agent's program writes in the person's place: notices of background tasks, marks of
/// interruptions, output of local commands.
/// </summary>
internal static class TypedPrompt
{
    private static readonly string[] s_starts =
    [
        "[Request interrupted by user",
        "Caveat: The messages below were generated",
        "This session is being continued from a previous conversation",
        "Stop hook feedback:",
        "[SYSTEM NOTIFICATION",
        "# AGENTS.md instructions for ",
        "This is the Gemini CLI. We are setting up the context",
        "Another language model started to solve this problem",
        "You are performing a CONTEXT CHECKPOINT COMPACTION",
        "[ERROR] You did not use a tool in your previous response",
        "<local-command-",
        "<bash-stdout>",
        "<bash-stderr>",
    ];

    /// <summary>Whether a text was written by a program.</summary>
    public static bool IsOfProgram(string text)
    {
        var rest = text.AsSpan().TrimStart();
        foreach (var mark in s_starts)
        {
            if (rest.StartsWith(mark, StringComparison.Ordinal))
                return true;
        }

        // Notices are wrapped, each as a whole. So are a command and a shell line that a person typed, and those are the person's.
        var hasNotice = false;
        while (rest.StartsWith("<", StringComparison.Ordinal) && EndOfNotice(rest) is > 0 and var end)
        {
            hasNotice = true;
            rest = rest[end..].TrimStart();
        }

        return hasNotice && rest.IsEmpty;
    }

    /// <summary>Where the notice ends that a text begins with; 0 when it begins with none.</summary>
    private static int EndOfNotice(ReadOnlySpan<char> text)
    {
        var tagEnd = text.IndexOf('>');
        if (tagEnd < 0)
            return 0;

        var tag = text[1..tagEnd];
        tag = tag.IndexOfAny(' ', '\n') is > 0 and var space ? tag[..space] : tag;
        if (!IsOfNotice(tag))
            return 0;

        var end = text.IndexOf($"</{tag}>", StringComparison.Ordinal);
        return end < 0 ? 0 : end + tag.Length + "</>".Length;
    }

    // Programs' tags are of several words; people quote HTML. A few are of one word.
    private static bool IsOfNotice(ReadOnlySpan<char> tag)
    {
        if (tag is "skill" or "INSTRUCTIONS" or "collapsed")
            return true;
        if (IsTyped(tag) || tag.IndexOfAny('-', '_') < 1 || tag[^1] is '-' or '_')
            return false;

        foreach (var character in tag)
        {
            if (!char.IsAsciiLetterLower(character) && character is not ('-' or '_'))
                return false;
        }

        return true;
    }

    private static bool IsTyped(ReadOnlySpan<char> tag) =>
        tag.StartsWith("command-", StringComparison.Ordinal)
        || tag is "bash-input" or "user-memory-input" or "user_shell_command" or "user_query" or "user_message" or "user_request";
}
