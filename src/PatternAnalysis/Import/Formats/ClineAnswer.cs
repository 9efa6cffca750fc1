namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What Cline and Roo Code say of a call in its answer, and where in a message a person speaks. The program's words stand at the beginning;
/// what a tool answered behind them may hold the same words.
/// </summary>
internal static class ClineAnswer
{
    private static readonly string[] s_denials =
    [
        "The user denied this ",
        "Command execution blocked by CLINE_COMMAND_PERMISSIONS",
        "{\"status\":\"denied\",",
    ];
    private static readonly string[] s_denialParts = ["is blocked by the .clineignore file", "is blocked by the .rooignore file"];
    private static readonly string[] s_failures =
    [
        "The tool execution failed",
        "{\"status\":\"error\",\"message\":\"The tool execution failed",
    ];
    private static readonly string[] s_failureParts = ["Command execution was not successful", "The command was terminated by"];
    private static readonly string[] s_typed = ["<task>", "<feedback>", "<user_message>"];
    private static readonly string[] s_introductions = ["The user ", "You seem to be having trouble proceeding.", "New "];

    /// <summary>Whether the call was refused.</summary>
    public static bool IsDenial(string answer) => Says(answer, s_denials, s_denialParts);

    /// <summary>Whether the call failed.</summary>
    public static bool IsFailure(string answer) => Says(answer, s_failures, s_failureParts);

    /// <summary>Whether a message's texts hold what a person wrote; the text behind a line that names a call is its answer.</summary>
    public static bool HasTyped(IEnumerable<string> texts)
    {
        var isAnswer = false;
        foreach (var text in texts)
        {
            if (IsTyped(text) && !(isAnswer && text.StartsWith('<')))
                return true;
            isAnswer = text.StartsWith('[') && text.AsSpan().TrimEnd().EndsWith("Result:", StringComparison.Ordinal);
        }

        return false;
    }

    // Between marks, behind nothing or behind a sentence of the program's.
    private static bool IsTyped(string text) =>
        Array.Exists(s_typed, mark => text.StartsWith(mark, StringComparison.Ordinal))
        || (
            Array.Exists(s_introductions, start => text.StartsWith(start, StringComparison.Ordinal))
            && Array.Exists(s_typed, mark => text.Contains($"\n{mark}", StringComparison.Ordinal))
        );

    private static bool Says(string answer, string[] starts, string[] parts)
    {
        // What follows the line that names the call.
        var text = answer.AsSpan();
        if (text.StartsWith("[", StringComparison.Ordinal) && text.IndexOf('\n') is >= 0 and var named)
            text = text[(named + 1)..];
        text = text.TrimStart();
        var line = text.IndexOf('\n') is >= 0 and var end ? text[..end] : text;
        foreach (var start in starts)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
                return true;
        }

        foreach (var part in parts)
        {
            if (line.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
