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
    // What a tool answered, as agents save it when it is long: it may look like anything, also like events. Claude Code; Gemini CLI and
    // Qwen Code; OpenCode; Cursor.
    private static readonly string[] s_toolAnswers = ["tool-results", "tool-outputs", "tool-output", "agent-tools"];

    private static readonly string[] s_extensions = [".jsonl", ".json", ".ndjson", ".log", ".db", ".sqlite", ".sqlite3", ".vscdb"];

    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    /// <summary>Whether a file lies where agents save what tools answered.</summary>
    public static bool IsToolAnswer(string path) =>
        Path.GetDirectoryName(path)?.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).Any(s_toolAnswers.Contains) == true;

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
            Visit(folder);
        else if (entry is FileInfo file)
            Visit(file);
    }

    private void Visit(FileInfo file)
    {
        if (IsToolAnswer(file.FullName))
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
