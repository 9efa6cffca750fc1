using System.Globalization;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// What a script of Codex's code mode tells of the commands that it ran, when it shows their results as they are: JSON that begins with
/// <c>{"chunk_id":...,"wall_time_seconds":...,"exit_code":...</c>. The rest may be cut off. Within a command's own output the quotation
/// marks would be escaped.
/// </summary>
internal static partial class CodexScriptResult
{
    private const string Completed = "Script completed";

    /// <summary>The exit code of a command that failed, or else of the last one; null when the answer of a script tells none.</summary>
    public static int? ExitCode(string? answer)
    {
        int? code = null;
        foreach (Match match in Results(answer))
        {
            if (int.TryParse(match.Groups["code"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var one))
                code = code is null or 0 ? one : code;
        }

        return code;
    }

    /// <summary>The session of a command that goes on when its script has ended; null when none does, or several do.</summary>
    public static string? RunningSession(string? answer) =>
        Results(answer) is [var match] && match.Groups["session"] is { Success: true } session ? session.Value : null;

    private static MatchCollection Results(string? answer) =>
        Result().Matches(answer?.StartsWith(Completed, StringComparison.Ordinal) == true ? answer : "");

    [GeneratedRegex(
        """\{"chunk_id":"[^"\\]*","wall_time_seconds":[0-9.e+-]+,(?:"exit_code":(?<code>-?[0-9]+)|"session_id":(?<session>[0-9]+))""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Result();
}
