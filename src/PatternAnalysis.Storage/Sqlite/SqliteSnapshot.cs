namespace PatternAnalysis.Storage.Sqlite;

/// <summary>
/// How a SQLite file can be read without a trace. Opening a file in WAL mode for reading creates a <c>-wal</c> and a <c>-shm</c> beside it
/// unless it is declared immutable; that is only true while nobody writes, so whoever reads so must look afterwards.
/// </summary>
internal readonly record struct SqliteSnapshot(long Length, DateTime Written, bool HasLog)
{
    private const int JournalModeAt = 18;
    private const byte WriteAheadLog = 2;

    public static SqliteSnapshot Of(string path)
    {
        var file = new FileInfo(path);
        return new SqliteSnapshot(file.Length, file.LastWriteTimeUtc, LogHasContent(path));
    }

    /// <summary>Whether the file is in WAL mode and nobody has it open for writing.</summary>
    public static bool NeedsImmutable(string path)
    {
        if (!File.Exists(path) || LogHasContent(path) || File.Exists(path + "-shm"))
            return false;

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> header = stackalloc byte[20];
            return file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
                && header[JournalModeAt + 1] == WriteAheadLog;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Opening the database says better what is wrong.
            return false;
        }
    }

    private static bool LogHasContent(string path) => new FileInfo(path + "-wal") is { Exists: true, Length: > 0 };
}
