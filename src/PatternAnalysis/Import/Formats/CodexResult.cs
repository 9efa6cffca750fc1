using System.Globalization;
using System.Text.Json;
using PatternAnalysis.Events;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// Reads how a call of Codex ended from its result, in the forms of its versions: an object with <c>success</c>, JSON in a text with
/// <c>metadata.exit_code</c>, or a text with a header of lines before <c>Output:</c>. What the command printed is never looked at.
/// </summary>
internal static class CodexResult
{
    private const int LongestHeader = 8;
    private const string OutputLine = "Output:";

    private static readonly string[] s_exitCodes = ["Process exited with code ", "Exit code: "];

    // What the program says in the place of an output, when the call was not made ...
    private static readonly string[] s_refusals =
    [
        "rejected by user",
        "exec command rejected by user",
        "command rejected by user",
        "patch rejected by user",
        "user rejected MCP tool call",
        "user cancelled MCP tool call",
        "approval denied",
        "command blocked by ",
        "tool call blocked by ",
        "approval policy is ",
        "you should not ask for escalated permissions",
        "unsupported call:",
    ];

    private static readonly string[] s_refusalParts =
    [
        "rejected by user",
        "rejected by the user",
        "Rejected(",
        "denied by policy",
        "rejected: blocked by policy",
    ];

    // What an output begins with when the call was interrupted, or given up with its turn before it began.
    private const string Aborted = "aborted";

    // What an output begins with when the call was made and failed.
    private static readonly string[] s_failures =
    [
        "exec_command failed",
        "write_stdin failed",
        "execution error",
        "failed in sandbox",
        "failed to parse function arguments",
        "command timed out",
        "Script failed",
        "tool call error",
        "apply_patch verification failed",
    ];

    /// <summary>The event that a result stands for.</summary>
    public static string EventType(JsonSlice output)
    {
        if (output.Kind == JsonValueKind.Object)
            return output.Field("success").Kind == JsonValueKind.False ? OfFailure(TextOf(output)) : OfText(TextOf(output));

        return OfText(TextOf(output));
    }

    /// <summary>The whole text of a result.</summary>
    public static string? TextOf(JsonSlice output) =>
        output.Kind switch
        {
            JsonValueKind.Array => string.Join('\n', output.Items().Select(part => part.Text("text"))),
            JsonValueKind.Object => output.Text("content") ?? output.Text("body") ?? TextOf(output.Field("content_items")),
            _ => output.Text(),
        };

    /// <summary>The lines before a result's output; all of the first few where no line says that the output begins.</summary>
    public static IEnumerable<string> HeaderOf(string text) =>
        text.Split('\n', LongestHeader + 1).Take(LongestHeader).TakeWhile(line => line.TrimEnd() != OutputLine);

    /// <summary>Whether a result tells how a command ended: in its header, or as a script shows the results of its commands.</summary>
    public static bool HasExitCode(string text) =>
        HeaderOf(text).Any(line => ExitCodeOf(line) is not null) || CodexScriptResult.ExitCode(text) is not null;

    private static int? ExitCodeOf(string line)
    {
        foreach (var start in s_exitCodes)
        {
            if (
                line.StartsWith(start, StringComparison.Ordinal)
                && int.TryParse(line.AsSpan(start.Length).Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code)
            )
                return code;
        }

        return null;
    }

    private static string OfText(string? text)
    {
        if (text is null)
            return HookEventType.PostToolUse;
        if (text is ['{', ..] && JsonFields.ParseObject(text).Field("metadata") is { Kind: JsonValueKind.Object } metadata)
            return metadata.Number("exit_code") is not (null or 0) || IsNegative(metadata.Field("exit_code"))
                ? HookEventType.PostToolUseFailure
                : HookEventType.PostToolUse;

        var lines = text.Split('\n', LongestHeader + 1);
        ReadOnlySpan<string> header = lines.AsSpan(0, Math.Min(lines.Length, LongestHeader));
        var hasHeader = false;
        if (IsAborted(header))
            return HookEventType.ToolUseCancelled;
        foreach (var line in header)
        {
            if (line.TrimEnd() == OutputLine)
            {
                hasHeader = true;
                break;
            }

            if (ExitCodeOf(line) is { } code)
                return code == 0 ? HookEventType.PostToolUse : HookEventType.PostToolUseFailure;
        }

        return !hasHeader || text.StartsWith("Script failed", StringComparison.Ordinal) ? OfMessage(lines[0])
            : CodexScriptResult.ExitCode(text) is null or 0 ? HookEventType.PostToolUse
            : HookEventType.PostToolUseFailure;
    }

    // It follows the time that the call had taken, if any.
    private static bool IsAborted(ReadOnlySpan<string> header)
    {
        var line = header.Length > 1 && header[0].StartsWith("Wall time", StringComparison.Ordinal) ? header[1] : header[0];
        return line.TrimEnd() == Aborted || line.StartsWith($"{Aborted} by user", StringComparison.Ordinal);
    }

    private static string OfMessage(string line)
    {
        var failed = StartsWithAny(line, s_failures);
        return StartsWithAny(line, s_refusals) || ((failed || line is ['`', ..]) && ContainsAny(line, s_refusalParts))
                ? HookEventType.PermissionDenied
            : failed ? HookEventType.PostToolUseFailure
            : HookEventType.PostToolUse;
    }

    private static string OfFailure(string? text) =>
        text is not null && ContainsAny(text.Split('\n', 2)[0], s_refusalParts)
            ? HookEventType.PermissionDenied
            : HookEventType.PostToolUseFailure;

    private static bool ContainsAny(string text, string[] parts) =>
        Array.Exists(parts, part => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    private static bool StartsWithAny(string text, string[] starts) =>
        Array.Exists(starts, start => text.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static bool IsNegative(JsonSlice code) => code.TryNumber(out var number) && number < 0;
}
