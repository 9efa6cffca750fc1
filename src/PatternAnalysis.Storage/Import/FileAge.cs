using System.Text;
using System.Text.RegularExpressions;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// Orders files by when what they tell of began: a fork's copies then follow the session that they were made of, though that session may
/// have gone on and have the younger file.
/// </summary>
internal static partial class FileAge
{
    private const int HeadLength = 64 << 10;

    /// <summary>When a file begins, in UTC ticks: the first time that stands in it, or else when it was made.</summary>
    public static long Begins(FileInfo file)
    {
        if (!file.Exists)
            return DateTime.MaxValue.Ticks;

        try
        {
            return file.Length > 0 && FirstTime(file.FullName) is { } ticks ? ticks : Made(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Made(file); // why it can't be read is told when it is imported
        }
    }

    /// <summary>When a file was made, in UTC ticks. A copy of a file is made later than it was written.</summary>
    public static long Made(FileInfo file) => Math.Min(file.CreationTimeUtc.Ticks, file.LastWriteTimeUtc.Ticks);

    private static long? FirstTime(string path)
    {
        using var stream = CompressedFile.Open(path);
        var head = new byte[HeadLength];
        var length = stream.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false);
        var match = Timestamp().Match(Encoding.Latin1.GetString(head, 0, length));
        return match.Success && TimestampParser.TryParse(Encoding.Latin1.GetBytes(match.Groups["time"].Value), out var ticks)
            ? ticks
            : null;
    }

    [GeneratedRegex("\"timestamp\"\\s*:\\s*\"(?<time>[^\"]{10,40})\"", RegexOptions.CultureInvariant)]
    private static partial Regex Timestamp();
}
