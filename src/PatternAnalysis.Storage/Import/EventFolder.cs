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
    // What a tool answered, as Claude Code saves it when it is long: it may look like anything, also like events.
    private const string ToolAnswers = "tool-results";

    private static readonly string[] s_extensions = [".jsonl", ".json", ".ndjson", ".log", ".db", ".sqlite", ".sqlite3", ".vscdb"];

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    /// <summary>Whether a file lies where agents save what tools answered.</summary>
    public static bool IsToolAnswer(string path) =>
        Path.GetDirectoryName(path)?.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Contains(ToolAnswers) == true;

    /// <summary>Looks through a folder and all below it.</summary>
    public void Visit(DirectoryInfo folder)
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
        {
            Visit(folder);
        }
        else if (entry is FileInfo file)
        {
            if (IsToolAnswer(file.FullName))
                skip(SkipReason.ToolAnswer, file.FullName);
            else if (s_extensions.Contains(Extension(file), StringComparer.OrdinalIgnoreCase))
                found(RealPath.Of(file.FullName), file);
            else
                skip(SkipReason.OtherFile, file.FullName);
        }
    }

    private static string Extension(FileInfo file) =>
        CompressedFile.Extensions.Contains(file.Extension, StringComparer.OrdinalIgnoreCase)
            ? Path.GetExtension(Path.GetFileNameWithoutExtension(file.Name))
            : file.Extension;
}
