using System.Text.RegularExpressions;

namespace PatternAnalysis.Events;

/// <summary>
/// Tells ids that name one thing in the world from ids that count (<c>call_0</c>, <c>functions.Bash:3</c>,
/// <c>run_shell_command-1742563212345-1</c>), which name something only together with a session and a time, however long they are.
/// </summary>
public static partial class UniqueId
{
    private const int RandomLength = 16;

    /// <summary>
    /// Whether an id ends in a part that no counter makes: a UUID, or at least 16 letters and digits in one piece, of both kinds; digits
    /// alone only when they don't begin with zeros. The form <c>tooluse_</c> has 20 or more characters that may be <c>-</c> and <c>_</c>
    /// too.
    /// </summary>
    public static bool IsUnique(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (UuidAtEnd().IsMatch(id) || Bedrock().IsMatch(id))
            return true;

        var start = id.Length;
        while (start > 0 && char.IsAsciiLetterOrDigit(id[start - 1]))
            start--;
        var last = id.AsSpan(start);
        return last.Length >= RandomLength
            && last.ContainsAnyInRange('0', '9')
            && (last.ContainsAnyInRange('a', 'z') || last.ContainsAnyInRange('A', 'Z') || !last.StartsWith("0000"));
    }

    [GeneratedRegex(
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex UuidAtEnd();

    [GeneratedRegex("^tooluse_[0-9A-Za-z_-]{20,}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Bedrock();
}
