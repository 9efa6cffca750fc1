using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PatternAnalysis.Events;

namespace PatternAnalysis.Import;

/// <summary>
/// What the beginning of a file tells before it is read: when what it tells of began, which orders files so that a fork's copies follow the
/// session that they were made of, though that session may have gone on and have the younger file; and which session started it.
/// </summary>
internal static partial class FileBeginning
{
    /// <summary>So many bytes of a file are its beginning.</summary>
    public const int Length = 64 << 10;

    /// <summary>Reads the first time that stands in a file, in UTC ticks; null where there is none.</summary>
    /// <param name="head">The file's first bytes.</param>
    /// <param name="parents">Is told which session started the file's.</param>
    public static long? Read(ReadOnlySpan<byte> head, SessionParents parents)
    {
        var text = Encoding.Latin1.GetString(head);
        AddParent(text, parents);
        return FirstTime(text);
    }

    private static long? FirstTime(string head)
    {
        var match = Timestamp().Match(head);
        if (!match.Success)
            return null;
        if (match.Groups["text"] is { Success: true } text)
            return TimestampParser.TryParse(Encoding.Latin1.GetBytes(text.Value), out var written) ? written : null;

        return TimestampParser.TryFromUnix(double.Parse(match.Groups["unix"].ValueSpan, CultureInfo.InvariantCulture), out var ticks)
            ? ticks
            : null;
    }

    // Codex names it in the first line; what a fork copied stands behind. OpenCode has a file for each session.
    private static void AddParent(string head, SessionParents parents)
    {
        if (Parent().Match(head) is not { Success: true } parent || OwnId().Match(head) is not { Success: true } own)
            return;

        var line = head.IndexOf('\n', StringComparison.Ordinal);
        if (parent.Value.StartsWith("\"parentID", StringComparison.Ordinal) || line < 0 || parent.Index < line)
            parents.Add(own.Groups["id"].Value, parent.Groups["id"].Value);
    }

    [GeneratedRegex(
        "\"(?:timestamp|startTime|created|created_at|start)\"\\s*:\\s*(?:\"(?<text>[^\"]{10,40})\"|(?<unix>[0-9]{10,13})\\b)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Timestamp();

    [GeneratedRegex(
        "\"parent_thread_id\"\\s*:\\s*\"(?<id>[^\"\\\\]{1,100})\"|\"parentID\"\\s*:\\s*\"(?<id>ses_[^\"\\\\]{1,100})\"",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Parent();

    [GeneratedRegex("\"id\"\\s*:\\s*\"(?<id>[^\"\\\\]{1,100})\"", RegexOptions.CultureInvariant)]
    private static partial Regex OwnId();
}
