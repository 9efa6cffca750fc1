using PatternAnalysis.Import;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Import;

/// <summary>Finds the files that events are imported from.</summary>
public static class EventFiles
{
    private const int HeadLength = 64;

    /// <summary>
    /// The files that paths name, in the order in which what they tell of began. A file is taken as it is; of a folder, everything below it
    /// that may hold events. Links are followed, once.
    /// </summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="format">The format of the JSON files, or null to recognise it.</param>
    /// <param name="skip">Is told of everything that is left out: one of <see cref="SkipReason"/>, and the path.</param>
    public static IReadOnlyList<IEventSource> Find(IEnumerable<string> paths, IEventFormat? format, Action<string, string> skip)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(skip);
        var files = new SortedDictionary<string, FileInfo>(StringComparer.Ordinal);
        void Found(string real, FileInfo file)
        {
            if (RegularFile.Is(file))
                files.TryAdd(real, file);
            else
                skip(SkipReason.NotAFile, file.FullName);
        }

        var folders = new EventFolder(Found, skip);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
                folders.Visit(new DirectoryInfo(path));
            else if (EventFolder.IsToolAnswer(Path.GetFullPath(path)))
                skip(SkipReason.ToolAnswer, Path.GetFullPath(path));
            else
                Found(Real(path), new FileInfo(path));
        }

        var parents = new SessionParents();
        return
        [
            .. files
                .Values.Select(file => (File: file, Begins: FileHead.Begins(file, parents)))
                .OrderBy(file => file.Begins)
                .ThenBy(file => file.File.Exists ? FileHead.Made(file.File) : 0)
                .Select(file => Source(file.File, format, parents)),
        ];
    }

    private static string Real(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (IOException)
        {
            return Path.GetFullPath(path); // opening it will say what is wrong
        }
    }

    private static IEventSource Source(FileInfo file, IEventFormat? format, SessionParents parents)
    {
        // A file that is gone by now, or that was never there, is told of when it is opened.
        var (length, written) = file.Exists ? (file.Length, file.LastWriteTimeUtc) : (0, DateTime.UtcNow);
        var head = Head(file.FullName);
        if (SqliteEventSource.Is(head))
            return new SqliteEventSource(file.FullName, length, written);
        if (file.Exists && (NamedFile.NameOf(file) ?? NamedFile.NameOf(head)) is { } what)
            return new NamedSource(file, what);

        return new JsonEventSource(file.FullName, length, written, () => CompressedFile.Open(file.FullName), format, parents);
    }

    private static byte[] Head(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var head = new byte[HeadLength];
            return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // why it can't be read is told when it is imported
        }
    }
}
