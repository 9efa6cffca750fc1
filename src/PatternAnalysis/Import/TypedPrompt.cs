using System.Text.RegularExpressions;

namespace PatternAnalysis.Import;

/// <summary>
/// Tells what a person wrote from what the agent's program writes in the person's place: notices of background tasks, marks of
/// interruptions, output of local commands.
/// </summary>
internal static partial class TypedPrompt
{
    private static readonly string[] s_starts =
    [
        "[Request interrupted by user",
        "Caveat: The messages below were generated",
        "This session is being continued from a previous conversation",
        "Stop hook feedback:",
        "[SYSTEM NOTIFICATION",
        "# AGENTS.md instructions for ",
        "<local-command-",
        "<bash-stdout>",
        "<bash-stderr>",
    ];

    /// <summary>Whether a text was written by a program.</summary>
    public static bool IsOfProgram(string text)
    {
        var start = text.AsSpan().TrimStart();
        foreach (var mark in s_starts)
        {
            if (start.StartsWith(mark, StringComparison.Ordinal))
                return true;
        }

        // Notices are wrapped as a whole. So are a command and a shell line that a person typed, and those are the person's.
        return start.StartsWith("<", StringComparison.Ordinal)
            && Wrapped().Match(text) is { Success: true } wrapped
            && !IsTyped(wrapped.Groups["tag"].ValueSpan);
    }

    private static bool IsTyped(ReadOnlySpan<char> tag) =>
        tag.StartsWith("command-", StringComparison.Ordinal)
        || tag.Equals("bash-input", StringComparison.Ordinal)
        || tag.Equals("user-memory-input", StringComparison.Ordinal)
        || tag.Equals("user_shell_command", StringComparison.Ordinal);

    [GeneratedRegex(
        @"\A\s*<(?<tag>[a-z]+(?:[-_][a-z]+)+)(?:\s[^>]*)?>.*</\k<tag>>\s*\z",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Wrapped();
}
