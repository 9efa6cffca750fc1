using System.Text;

namespace PatternAnalysis.Files;

/// <summary>
/// Writes files that hold what agents did: for their owner alone, whole or not at all, and never through a link that somebody else (a
/// cloned project above all) may have laid where the file is to be.
/// </summary>
public static class SafeFile
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Makes a file that is not there yet.</summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <exception cref="IOException">It is there, also as a link that leads nowhere.</exception>
    public static FileStream Create(string path)
    {
        MakeFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new FileStream(path, Options(FileMode.CreateNew));
    }

    /// <summary>
    /// Writes a file in one step: under a random name first, then renamed. A file that was there keeps its mode, at every moment; a link
    /// that was there is replaced and not followed.
    /// </summary>
    /// <param name="path">The file; its folder is made when it is missing.</param>
    /// <param name="write">Writes what it is to hold.</param>
    /// <param name="overwrite">Whether a file that is there is replaced.</param>
    /// <exception cref="IOException">It can't be written, or it is there and must not be replaced.</exception>
    public static void Write(string path, Action<Stream> write, bool overwrite = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        var target = Path.GetFullPath(path);
        if (!overwrite && Exists(target))
            throw new IOException($"The file '{target}' already exists.");

        var draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = Create(draft))
                write(stream);
            if (!OperatingSystem.IsWindows() && IsPlain(target))
                File.SetUnixFileMode(draft, File.GetUnixFileMode(target));
            File.Move(draft, target, overwrite);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>The same with a text, in UTF-8.</summary>
    public static void Write(string path, string text, bool overwrite = true) =>
        Write(path, stream => stream.Write(s_utf8.GetBytes(text)), overwrite);

    /// <summary>Adds a text to the end of a file, in UTF-8; makes it when it is missing.</summary>
    /// <exception cref="PatternAnalysisException"><c>LinkedFile</c>: the file, or a folder between it and the current one, is a
    /// link.</exception>
    public static void Append(string path, string text)
    {
        var target = Path.GetFullPath(path);
        RefuseLinks(target, Environment.CurrentDirectory);
        MakeFolder(Path.GetDirectoryName(target)!);
        using var stream = new FileStream(target, Options(FileMode.Append));
        stream.Write(s_utf8.GetBytes(text));
    }

    /// <summary>Refuses a file that a link stands in the way to.</summary>
    /// <param name="path">The file.</param>
    /// <param name="root">The folder that may hold links of others; of folders above it only the user decides.</param>
    /// <exception cref="PatternAnalysisException"><c>LinkedFile</c>: the file itself, or a folder between it and the root, is a
    /// link.</exception>
    public static void RefuseLinks(string path, string root)
    {
        var target = Path.GetFullPath(path);
        var isBelow = IsBelow(target, root);
        for (var place = target; place is not null; place = Path.GetDirectoryName(place))
        {
            if (new FileInfo(place).LinkTarget is { } link)
                throw new PatternAnalysisException(
                    ErrorCatalogue.LinkedFile,
                    $"'{path}' would be written through the link '{place}', which leads to "
                        + $"'{link}'. Nothing was written. Name the file itself, or remove the link."
                );
            if (
                !isBelow
                || string.Equals(Path.GetDirectoryName(place), Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), PathComparison)
            )
                return;
        }
    }

    /// <summary>Whether a file lies below a folder, by name.</summary>
    public static bool IsBelow(string path, string folder) =>
        Path.GetFullPath(path)
            .StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, PathComparison);

    /// <summary>Makes a folder, and those above it, for the user alone; one that is there stays as it is.</summary>
    public static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // Parents first, one at a time: CreateDirectory gives the mode to the last folder only.
        if (Path.GetDirectoryName(folder) is { Length: > 0 } parent && !Directory.Exists(parent))
            MakeFolder(parent);
        Directory.CreateDirectory(folder, PrivateFolder);
    }

    private static StringComparison PathComparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private static bool Exists(string path) => File.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static bool IsPlain(string path) => File.Exists(path) && new FileInfo(path).LinkTarget is null;

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = PrivateFile;
        return options;
    }
}
