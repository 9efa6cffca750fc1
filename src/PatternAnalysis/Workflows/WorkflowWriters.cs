using PatternAnalysis.Files;

namespace PatternAnalysis.Workflows;

/// <summary>The writer of each format.</summary>
public static class WorkflowWriters
{
    /// <summary>The writer of a format.</summary>
    public static IWorkflowWriter For(WorkflowFormat format) =>
        format switch
        {
            WorkflowFormat.Skill => new SkillWriter(),
            WorkflowFormat.SlashCommand => new SlashCommandWriter(),
            WorkflowFormat.Script => new ScriptWriter(),
            WorkflowFormat.Hook => new HookWriter(),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "There is no such format."),
        };

    /// <summary>The file that a draft goes to: the path itself, or below it when it is a folder.</summary>
    public static string FileOf(WorkflowDraft draft, WorkflowFormat format, string path) =>
        Directory.Exists(path) ? Path.Combine(path, For(format).FileOf(draft)) : path;

    /// <summary>Writes a draft to a new file.</summary>
    /// <exception cref="PatternAnalysisException">The file exists; it is left as it is.</exception>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void WriteFile(WorkflowDraft draft, WorkflowFormat format, string file)
    {
        try
        {
            SafeFile.RefuseLinks(file, Environment.CurrentDirectory);
            SafeFile.Write(file, For(format).Write(draft), overwrite: false);
        }
        catch (IOException error) when (File.Exists(file))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.WorkflowExists,
                $"'{file}' exists, and somebody may have worked on it. Give another path, or move the file away.",
                error
            );
        }
    }
}
