using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// Where events wait until they are stored in a database. Each is a file of its own, because programs that append to one file at the same
/// time would overwrite each other; only their owner can read them.
/// </summary>
/// <param name="database">The database, as <see cref="PatternDatabase.Name"/> names it.</param>
public sealed class SpoolFolder(string database)
{
    private const UnixFileMode PrivateFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string? _file = Path.IsPathFullyQualified(database) ? RealPath.Of(database) : null;

    /// <summary>
    /// The folders, in the order in which they are tried: beside the database, in the user's data, and among the files of the machine that
    /// everybody may write. A database and links to it have the same.
    /// </summary>
    public IReadOnlyList<string> Places => [.. _file is null ? Array.Empty<string>() : [_file + ".spool"], UserPlace, MachinePlace];

    private string Key => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(_file ?? database)).AsSpan(0, 8));

    private string UserPlace =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "PatternAnalysis",
            "spool",
            Key
        );

    // Where everybody may write, another user may have been first; who may write everywhere has no need to go there.
    private string MachinePlace =>
        !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess
            ? Path.Combine("/var/lib", $"pattern-analysis-{Key}")
            : Path.Combine(Path.GetTempPath(), $"pattern-analysis-{Environment.UserName}-{Key}");

    /// <summary>Makes the first folder, and what the second lies in; who records makes the others when they are needed.</summary>
    /// <exception cref="IOException">Neither can be made.</exception>
    public void Prepare()
    {
        if (_file is not null && Directory.Exists(Path.GetDirectoryName(_file)))
            Make(Places[0]);
        Directory.CreateDirectory(Path.GetDirectoryName(UserPlace)!);
    }

    /// <summary>The files that wait, in the order in which their events came.</summary>
    internal IReadOnlyList<SpooledFile> Files =>
        [
            .. Places
                .Where(IsUsable)
                .SelectMany(folder => SpooledFile.Of(new DirectoryInfo(folder)))
                .OrderBy(file => file.ArrivedUtc)
                .ThenBy(file => file.Sequence)
                .ThenBy(file => file.Path, StringComparer.Ordinal),
        ];

    /// <summary>Leaves an event.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">No folder can be written.</exception>
    internal string Add(string text, string extension)
    {
        IOException? failure = null;
        string? begun = null;
        foreach (var folder in Places)
        {
            string? draft = null;
            try
            {
                Make(folder);
                if (!IsUsable(folder))
                    continue;

                var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMddTHHmmssfffffff}-{Guid.NewGuid():N}");
                var path = Path.Combine(folder, name + extension);

                // Under its own name only when it is whole: a reader may come at any moment.
                draft = path + SpooledFile.Draft;
                Write(draft, text);
                File.Move(draft, path);
                Forget(begun);
                return path;
            }
            catch (Exception error) when (IsOfFiles(error))
            {
                failure = new IOException(error.Message, error);
                // What was begun where the disk is full tells the next analysis of a lost event: of one, wherever else that was tried.
                if (begun is null)
                    begun = File.Exists(draft) ? draft : null;
                else
                    Forget(draft);
            }
        }

        throw failure ?? new IOException($"Nobody but you may be able to write '{MachinePlace}'.");
    }

    // The last is what .NET makes of a limit on the size of files.
    private static bool IsOfFiles(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private static void Forget(string? draft)
    {
        if (draft is not null)
            File.Delete(draft);
    }

    /// <summary>Writes a new file that only its owner can read.</summary>
    internal static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = PrivateFile;
        using var writer = new StreamWriter(path, options); // UTF-8, without a byte order mark
        writer.Write(text);
    }

    private void Make(string folder)
    {
        if (Directory.Exists(folder))
            return;

        // A folder that lies beside no database any more is not made anew.
        if (folder == UserPlace)
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        if (!Directory.Exists(Path.GetDirectoryName(folder)))
            throw new DirectoryNotFoundException($"There is no folder '{Path.GetDirectoryName(folder)}'.");
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, PrivateFolder);

        // The database may lie in a project.
        var ignored = Path.Combine(folder, ".gitignore");
        try
        {
            if (!File.Exists(ignored))
                Write(ignored, "*\n");
        }
        catch (Exception error) when (IsOfFiles(error))
        {
            // The disk is full: the event itself will tell so.
        }
    }

    // A folder of that mode can only be listed and filled by its owner.
    private bool IsUsable(string folder) =>
        Directory.Exists(folder)
        && (
            folder != MachinePlace
            || OperatingSystem.IsWindows()
            || (new DirectoryInfo(folder).LinkTarget is null && File.GetUnixFileMode(folder) == PrivateFolder)
        );
}
