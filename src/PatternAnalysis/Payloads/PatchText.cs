using System.Text;

namespace PatternAnalysis.Payloads;

/// <summary>
/// The patches of the tool <c>apply_patch</c>: <c>*** Begin Patch</c>, then for each file <c>*** Add File: PATH</c>,
/// <c>*** Update File: PATH</c> or <c>*** Delete File: PATH</c>, and what changes.
/// </summary>
public static class PatchText
{
    private const string Tool = "apply_patch";
    private const string Begin = "*** Begin Patch";
    private const string Header = "*** ";
    private const string End = "*** End Patch";
    private const string Delete = "*** Delete File: ";

    private static readonly string[] s_files = [Delete, "*** Update File: ", "*** Add File: "];

    /// <summary>Whether a tool takes patches.</summary>
    public static bool IsTool(string toolName) => toolName is Tool or "ApplyPatch";

    /// <summary>Whether a text is a patch.</summary>
    public static bool IsPatch(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().TrimStart().StartsWith(Begin, StringComparison.Ordinal);
    }

    /// <summary>The patch without what changes in the files: what is done to which.</summary>
    public static string HeadersOf(string patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return string.Join(
            '\n',
            patch.Split('\n').Where(line => line.StartsWith(Header, StringComparison.Ordinal)).Select(line => line.TrimEnd())
        );
    }

    /// <summary>
    /// Whether a command hands a patch to the program of that name: <c>apply_patch &lt;&lt;'EOF'</c>, also inside of <c>bash -lc</c>.
    /// </summary>
    public static bool IsIn(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Contains(Begin, StringComparison.Ordinal)
            && (command.Contains(Tool, StringComparison.Ordinal) || command.Contains("applypatch", StringComparison.Ordinal));
    }

    /// <summary>A command without what changes in the files of the patch that it holds.</summary>
    public static string WithoutChanges(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!IsIn(command) || !command.Contains(End, StringComparison.Ordinal))
            return command;

        var kept = new List<string>();
        var isInPatch = false;
        foreach (var line in command.Split('\n'))
        {
            if (!isInPatch || line.StartsWith(Header, StringComparison.Ordinal))
                kept.Add(line);
            isInPatch = line.Contains(Begin, StringComparison.Ordinal) || (isInPatch && !line.StartsWith(End, StringComparison.Ordinal));
        }

        return string.Join('\n', kept);
    }

    /// <summary>A command, and behind it what removes the files that the patch in it deletes.</summary>
    public static string WithRemovals(string command) =>
        IsIn(command) && Read(command).Removal is { } removal ? $"{command}\n{removal}" : command;

    /// <summary>
    /// What a patch does: the shell's command that removes the files that it deletes, null when it deletes none; and its files.
    /// </summary>
    public static (string? Removal, IReadOnlyList<string> Files) Read(string patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        var removal = new StringBuilder();
        var files = new List<string>();
        foreach (var line in patch.Split('\n'))
        {
            if (Array.Find(s_files, start => line.StartsWith(start, StringComparison.Ordinal)) is not { } header)
                continue;

            var path = line[header.Length..].Trim();
            files.Add(path);
            if (header == Delete)
                removal
                    .Append(removal.Length == 0 ? "rm --" : "")
                    .Append(" '")
                    .Append(path.Replace("'", "'\\''", StringComparison.Ordinal))
                    .Append('\'');
        }

        return (removal.Length == 0 ? null : removal.ToString(), files);
    }
}
