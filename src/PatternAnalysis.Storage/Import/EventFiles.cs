using PatternAnalysis.Import;

namespace PatternAnalysis.Storage.Import;

/// <summary>Finds the files that events are imported from.</summary>
public static class EventFiles
{
    private static readonly string[] s_extensions = [".jsonl", ".json", ".ndjson", ".log", ".db", ".sqlite", ".sqlite3"];

    /// <summary>
    /// The files that paths name, oldest first: a resumed session's copies then follow the session that they were made of. A file is taken
    /// as it is;
    /// of a folder, everything below it that may hold events. Links to folders are not followed.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="format">The format of the JSON files, or null to recognise it.</param>
    /// <param name="unreadable">Is told of each folder or file that can't be looked at.</param>
    public static IReadOnlyList<IEventSource> Find(IEnumerable<string> paths, IEventFormat? format, Action<string> unreadable)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(unreadable);
        var files = new SortedDictionary<string, FileInfo>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                Collect(new DirectoryInfo(path), files, unreadable);
            else
                files[Path.GetFullPath(path)] = new FileInfo(path);
        }

        return [.. files.Values.OrderBy(file => file.LastWriteTimeUtc).Select(file => Source(file, format))];
    }

    private static void Collect(DirectoryInfo folder, SortedDictionary<string, FileInfo> files, Action<string> unreadable)
    {
        try
        {
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                if (entry is FileInfo file && s_extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase))
                    files[file.FullName] = file;
                else if (entry is DirectoryInfo { LinkTarget: null } inner)
                    Collect(inner, files, unreadable);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            unreadable(folder.FullName);
        }
    }

    private static IEventSource Source(FileInfo file, IEventFormat? format)
    {
        // A file that is gone by now, or that was never there, is told of when it is opened.
        var (length, written) = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, DateTime.UtcNow);
        if (SqliteEventSource.IsDatabase(file.FullName))
            return new SqliteEventSource(file.FullName, length, written);

        return new JsonEventSource(file.FullName, length, written, () => Open(file), format);
    }

    // The agent may be writing on.
    private static FileStream Open(FileInfo file) =>
        new(
            file.FullName,
            new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }
        );
}
