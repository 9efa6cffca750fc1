using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Import;

/// <summary>What the beginning of a file on the disk tells before it is read.</summary>
internal static class FileHead
{
    /// <summary>When a file begins, in UTC ticks: the first time that stands in it, or else when it was made.</summary>
    /// <param name="file">The file.</param>
    /// <param name="parents">Is told which session started the file's.</param>
    public static long Begins(FileInfo file, SessionParents parents)
    {
        if (!file.Exists)
            return DateTime.MaxValue.Ticks;

        try
        {
            return (file.Length == 0 ? null : FileBeginning.Read(Read(file.FullName), parents)) ?? Made(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Made(file); // why it can't be read is told when it is imported
        }
    }

    /// <summary>When a file was made, in UTC ticks. A copy of a file is made later than it was written.</summary>
    public static long Made(FileInfo file) => Math.Min(file.CreationTimeUtc.Ticks, file.LastWriteTimeUtc.Ticks);

    private static byte[] Read(string path)
    {
        using var stream = CompressedFile.Open(path);
        var head = new byte[FileBeginning.Length];
        return head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
    }
}
