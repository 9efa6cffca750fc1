using PatternAnalysis.Import;
using PatternAnalysis.Storage.Recording;

namespace PatternAnalysis.Storage.Import;

/// <summary>
/// Looks through a folder for files that may hold events. Every file is found or told of with a reason; a folder that links lead to in
/// several ways is looked through once, so that a loop of links ends.
/// </summary>
/// <param name="found">Takes the files, by their real paths so that two names of a file are one.</param>
/// <param name="skip">Is told of what is left out: a reason and a path.</param>
internal sealed class EventFolder(Action<string, FileInfo> found, Action<string, string> skip)
{
    // What a tool answered, as agents save it when it is long: it may look like anything, also like events. Claude Code's folder has a name
    // that says so wherever it is; those of others may be anybody's, so they count only below the agent's own folder.
    private const string ToolAnswers = "tool-results";

    private static readonly (string Agent, string Answers)[] s_toolAnswers =
    [
        (".gemini", "tool-outputs"),
        (".qwen", "tool-outputs"),
        ("opencode", "tool-output"),
        (".cursor", "agent-tools"),
    ];

    private static readonly string[] s_extensions = [".jsonl", ".json", ".ndjson", ".log", ".db", ".sqlite", ".sqlite3", ".vscdb"];

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private string _given = "";

    /// <summary>Whether a file lies where agents save what tools answered.</summary>
    /// <param name="path">The file's whole path.</param>
    /// <param name="given">The folder that is looked through: what that one and those above it are called says nothing of the file.</param>
    public static bool IsToolAnswer(string path, string given = "")
    {
        var folders = FoldersOf(Path.GetDirectoryName(path));
        var below = FoldersOf(given).Length;
        return Array.IndexOf(folders, ToolAnswers, below) >= 0
            || Array.Exists(
                s_toolAnswers,
                place =>
                    Array.IndexOf(folders, place.Agent) is >= 0 and var agent
                    && Array.IndexOf(folders, place.Answers, Math.Max(agent, below)) >= 0
            );
    }

    /// <summary>Looks through a folder and all below it.</summary>
    public void Visit(DirectoryInfo folder)
    {
        _given = folder.FullName;
        Look(folder);
    }

    private void Look(DirectoryInfo folder)
    {
        try
        {
            var real = RealPath.Of(folder.FullName);
            if (!_visited.Add(real))
            {
                skip(SkipReason.LinkedAgain, folder.FullName);
                return;
            }

            foreach (var entry in folder.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
                Visit(entry);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            skip(SkipReason.Unreadable, folder.FullName);
        }
    }

    private void Visit(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder)
            Look(folder);
        else if (entry is FileInfo file)
            Visit(file);
    }

    private void Visit(FileInfo file)
    {
        if (IsToolAnswer(file.FullName, _given))
            skip(SkipReason.ToolAnswer, file.FullName);
        else if (NamedFile.NameOf(file) is { } name)
            skip(SkipReason.UnknownFormat, $"{file.FullName} ({name})");
        else if (!s_extensions.Contains(Extension(file), StringComparer.OrdinalIgnoreCase))
            skip(SkipReason.OtherFile, file.FullName);
        else if (TryReal(file, out var real))
            found(real, file);
        else
            skip(SkipReason.Unreadable, file.FullName);
    }

    private static string[] FoldersOf(string? path) =>
        path?.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries) ?? [];

    // A link may lead nowhere, or to itself.
    private static bool TryReal(FileInfo file, out string real)
    {
        try
        {
            real = RealPath.Of(file.FullName);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            real = "";
            return false;
        }
    }

    private static string Extension(FileInfo file) =>
        CompressedFile.Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)
            ? Path.GetExtension(Path.GetFileNameWithoutExtension(file.Name))
            : file.Extension;
}
