using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// Where recorders leave events that they can't store: a folder beside the database, or, where that can't be written, one in the user's own
/// data. Each
/// event is a file of its own, because programs that append to one file at the same time would overwrite each other.
/// </summary>
internal sealed class SpoolFolder(string database)
{
    private const string Waiting = ".json";
    private const string Rejected = ".rejected";

    private readonly string[] _folders =
    [
        .. File.Exists(database) || Directory.Exists(Path.GetDirectoryName(database)) ? [database + ".spool"] : Array.Empty<string>(),
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "PatternAnalysis",
            "spool",
            Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(database)).AsSpan(0, 8))
        ),
    ];

    /// <summary>The events that wait, oldest first.</summary>
    public IReadOnlyList<string> Files =>
        [
            .. _folders
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*" + Waiting))
                .OrderBy(Path.GetFileName, StringComparer.Ordinal),
        ];

    /// <summary>Leaves an event.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">No folder can be written.</exception>
    public string Add(string text, bool isUsable)
    {
        IOException? failure = null;
        foreach (var folder in _folders)
        {
            try
            {
                Directory.CreateDirectory(folder);
                var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMddTHHmmssfffffff}-{Guid.NewGuid():N}");
                var path = Path.Combine(folder, name + (isUsable ? Waiting : Rejected));

                // Under its own name only when it is whole: a reader may come at any moment.
                var draft = path + ".tmp";
                File.WriteAllText(draft, text);
                File.Move(draft, path);
                return path;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failure = new IOException(error.Message, error);
            }
        }

        throw failure!;
    }

    /// <summary>Keeps an event that no table takes, out of the way of the others.</summary>
    public static void Reject(string file) => File.Move(file, Path.ChangeExtension(file, Rejected), overwrite: true);
}
