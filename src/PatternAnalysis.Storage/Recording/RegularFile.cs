namespace PatternAnalysis.Storage.Recording;

/// <summary>Tells files from pipes, which would be waited for, and devices, which may have no end.</summary>
internal static class RegularFile
{
    /// <summary>Whether it is one, or a link to one; also what can't be opened or is gone, because opening it says why.</summary>
    public static bool Is(FileInfo file)
    {
        if (TargetOf(file) is not { } target || !target.Exists || target.Length > 0)
            return true;

        try
        {
            // Neither a pipe nor a device has a length, so only what has none is looked at closer: opened for writing as well, because that
            // waits for nobody, and never read further than a byte.
            using var stream = new FileStream(
                target.FullName,
                new FileStreamOptions
                {
                    Mode = FileMode.Open,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.ReadWrite | FileShare.Delete,
                    BufferSize = 0,
                }
            );
            return stream.CanSeek && stream.ReadByte() < 0;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false; // a socket
        }
    }

    private static FileInfo? TargetOf(FileInfo file)
    {
        try
        {
            return file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // a link that leads to itself
        }
    }
}
