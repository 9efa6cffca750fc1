using System.Globalization;
using System.Text;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Masking;

namespace PatternAnalysis.Storage.Recording;

/// <summary>
/// A file of a spool folder: <c>TIME-ID.json</c>, the row that the recorder could not store, or <c>PROCESS-MODE-ID.hook</c>, a hook's input
/// as it came. While it is being written it has another name: <c>.tmp</c> behind it, or no <c>.hook</c>.
/// </summary>
internal sealed class SpooledFile
{
    public const string Row = ".json";
    public const string Rejected = ".rejected";
    public const string Draft = ".tmp";

    private const string Input = ".hook";
    private const int LongestRejected = 1 << 16;

    // Agents give up on a hook long before.
    private static readonly TimeSpan s_longestWriting = TimeSpan.FromMinutes(1);

    private readonly PayloadMode? _mode;

    private SpooledFile(FileInfo file, string name, bool isDraft)
    {
        (Path, ArrivedUtc, IsDraft) = (file.FullName, file.LastWriteTimeUtc, isDraft);
        if (name.EndsWith(Row, StringComparison.Ordinal))
            return;

        var parts = name.Split('-');
        Sequence = long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0;
        _mode = parts.Length > 1 && Enum.TryParse(parts[1], ignoreCase: true, out PayloadMode mode) ? mode : PayloadMode.Command;
    }

    public string Path { get; }

    /// <summary>When it came: the file system's word, which the time of the event is taken from.</summary>
    public DateTime ArrivedUtc { get; }

    /// <summary>
    /// Tells those apart that came within the precision of the file system's clock: processes are numbered as they start.
    /// </summary>
    public long Sequence { get; }

    /// <summary>Whether whoever wrote it was ended before it was whole, or before it was named.</summary>
    public bool IsDraft { get; }

    /// <summary>The files of a folder that wait; those that are still being written are left out.</summary>
    public static IEnumerable<SpooledFile> Of(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            var name = file.Name;
            var isDraft = name.EndsWith(Draft, StringComparison.Ordinal) || System.IO.Path.GetExtension(name).Length == 0;
            if (isDraft && DateTime.UtcNow - file.LastWriteTimeUtc < s_longestWriting)
                continue;
            if (isDraft || name.EndsWith(Row, StringComparison.Ordinal) || name.EndsWith(Input, StringComparison.Ordinal))
                yield return new SpooledFile(file, isDraft ? name.Replace(Draft, "", StringComparison.Ordinal) : name, isDraft);
        }
    }

    /// <summary>Reads the event.</summary>
    /// <returns>Null, or why it is none: one of <see cref="SkipReason"/>.</returns>
    /// <exception cref="IOException">It can't be read now.</exception>
    public string? TryRead(out NewHookEvent? record)
    {
        if (!RegularFile.Is(new FileInfo(Path)))
            throw new IOException($"'{Path}' is no regular file.");
        var text = File.ReadAllBytes(Path);
        return _mode is { } mode
            ? HookInput.TryRead(text, mode, HookInput.DefaultSourceApp, ArrivedUtc, out record)
            : SpooledEvent.TryRead(text, out record);
    }

    /// <summary>Keeps what no table takes, masked, out of the way of the others.</summary>
    public void Reject()
    {
        var text = SecretMasker.Mask(Encoding.UTF8.GetString(File.ReadAllBytes(Path)), LongestRejected);
        SpoolFolder.Write(System.IO.Path.ChangeExtension(Path, Rejected), text);
        File.Delete(Path);
    }
}
