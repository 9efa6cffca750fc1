using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PatternAnalysis.Events;
using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// What the beginning of a file tells before it is read: when what it tells of began, which orders files so that a fork's copies follow the
/// session that they were made of, though that session may have gone on and have the younger file; and which session started it.
/// </summary>
internal static partial class FileHead
{
    private const int Length = 64 << 10;

    /// <summary>When a file begins, in UTC ticks: the first time that stands in it, or else when it was made.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parents">Is told which session started the file's.</param>
    public static long Begins(FileInfo file, SessionParents parents)
    {
        if (!file.Exists)
            return DateTime.MaxValue.Ticks;

        try
        {
            if (file.Length == 0)
                return Made(file);

            var head = Read(file.FullName);
            AddParent(head, parents);
            return FirstTime(head) ?? Made(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Made(file); // why it can't be read is told when it is imported
        }
    }

    /// <summary>When a file was made, in UTC ticks. A copy of a file is made later than it was written.</summary>
    public static long Made(FileInfo file) => Math.Min(file.CreationTimeUtc.Ticks, file.LastWriteTimeUtc.Ticks);

    private static string Read(string path)
    {
        using var stream = CompressedFile.Open(path);
        var head = new byte[Length];
        return Encoding.Latin1.GetString(head, 0, stream.ReadAtLeast(head, Length, throwOnEndOfStream: false));
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
