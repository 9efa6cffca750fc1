using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// Tells from the text of an error whether the call was made at all: agents write refusals and cancellations as results of calls.
/// </summary>
internal static class ToolOutcome
{
    private const string ErrorTag = "<tool_use_error>";
    private const string ErrorWord = "Error: ";

    // The user, a rule, a hook, a missing permission or the tool's own check of its input: nothing was done. As Claude Code words them.
    private static readonly string[] s_refusals =
    [
        "The user doesn't want to",
        "[Request interrupted by user for tool use]",
        "Permission to use",
        "Permission for this action",
        "Permission denied by",
        "Claude requested permissions to",
        "This command requires approval",
        "This Bash command contains multiple operations. The following part",
        "Tool permission ",
        "Tool use rejected",
        "User rejected tool use",
        "Blocked by hook",
        "Blocked by policy",
        "Blocked by PreToolUse",
        "Operation stopped by hook",
        "Operation blocked by hook",
        "PreToolUse:",
        "Hook PreToolUse:",
        "Execution stopped by PreToolUse hook",
        "PermissionRequest:",
        "Hook PermissionRequest:",
        "Permission for this tool use",
        "Permission denied for",
        "InputValidationError",
        "No such tool available",
    ];

    private static readonly string[] s_refusalParts =
    [
        "but you haven't granted it yet",
        "denied by your permission settings",
        "denied by permission rule",
        "operation blocked by hook",
        "was blocked. For security, Claude Code",
    ];

    // Another call of the same message failed, or the message was given up.
    private static readonly string[] s_cancellations =
    [
        "Cancelled:",
        "Cancelled by",
        "[Operation Cancelled]",
        "Sibling tool call errored",
        "Streaming fallback",
        "Operation aborted",
        "Command aborted",
        "Skipped due to queued user message",
    ];

    // A refusal in the words of a cancellation: the user was asked.
    private static readonly string[] s_refusedCancellations = ["User did not allow", "User denied", "User rejected"];

    /// <summary>The event that a failed call's text stands for.</summary>
    /// <param name="text">The beginning of the result; null when there is none.</param>
    public static string OfError(string? text)
    {
        if (text is null)
            return HookEventType.PostToolUseFailure;

        var start = Strip(text);
        if (StartsWithAny(start, s_cancellations))
            return OfCancellation(text);

        return StartsWithAny(start, s_refusals) || ContainsAny(FirstLine(start), s_refusalParts)
            ? HookEventType.PermissionDenied
            : HookEventType.PostToolUseFailure;
    }

    /// <summary>The event that the text of a call stands for that is told to be cancelled: the user may have refused it.</summary>
    /// <param name="text">The beginning of the result; null when there is none.</param>
    public static string OfCancellation(string? text) =>
        text is not null && ContainsAny(FirstLine(text), s_refusedCancellations)
            ? HookEventType.PermissionDenied
            : HookEventType.ToolUseCancelled;

    private static bool ContainsAny(ReadOnlySpan<char> text, string[] parts)
    {
        foreach (var part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> text, string[] starts)
    {
        foreach (var start in starts)
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Strip(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith(ErrorTag, StringComparison.Ordinal))
            start = start[ErrorTag.Length..].TrimStart();
        return start.StartsWith(ErrorWord, StringComparison.Ordinal) ? start[ErrorWord.Length..] : start;
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text) => text.IndexOf('\n') is >= 0 and var end ? text[..end] : text;
}
