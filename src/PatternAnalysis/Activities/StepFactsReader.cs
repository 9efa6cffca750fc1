using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>Reads the facts of a tool use. Safe for any number of threads.</summary>
internal static class StepFactsReader
{
    private const int LongestLabel = 60;

    private static readonly HashSet<string> s_bookkeeping = new(StringComparer.OrdinalIgnoreCase)
    {
        "TodoWrite",
        "TodoRead",
        "TaskCreate",
        "TaskUpdate",
        "TaskList",
        "TaskGet",
        "TaskOutput",
        "TaskStop",
        "BashOutput",
        "KillShell",
        "KillBash",
        "update_plan",
        "update_todo_list",
        "write_todos",
        "EnterPlanMode",
        "ToolSearch",
    };

    private static readonly HashSet<string> s_edits = new(StringComparer.OrdinalIgnoreCase)
    {
        "Edit",
        "Write",
        "MultiEdit",
        "NotebookEdit",
        "apply_patch",
        "replace",
        "write_file",
        "write_to_file",
        "edit_file",
        "str_replace_editor",
        "str_replace_based_edit_tool",
        "create_file",
    };

    private static readonly HashSet<string> s_looks = new(StringComparer.OrdinalIgnoreCase)
    {
        "Read",
        "Grep",
        "Glob",
        "LS",
        "LSP",
        "NotebookRead",
        "WebFetch",
        "WebSearch",
        "read_file",
        "read_many_files",
        "list_directory",
        "list_dir",
        "search_file_content",
        "grep_search",
        "codebase_search",
        "glob",
        "view_image",
        "web_search",
        "web_fetch",
    };

    private static readonly HashSet<string> s_reads = new(StringComparer.OrdinalIgnoreCase) { "Read", "read_file", "NotebookRead" };

    /// <summary>Whether a tool changes files.</summary>
    public static bool IsEditTool(string tool) => s_edits.Contains(tool);

    /// <summary>The facts of a use.</summary>
    /// <param name="use">What the payload says; its tool's name is shown, so masked.</param>
    /// <param name="script">What the shell reader made of its command, if it has one.</param>
    /// <param name="operation">The use's name as an operation.</param>
    public static StepFacts Read(ToolUse use, ShellScript? script, string operation)
    {
        if (script is not null && use.Command is { } command)
            return ReadCommand(use, command, script, operation);

        var path = use.FilePath is null ? null : WorkFolder.Strip(use.FilePath, use.Folder);
        var subject = use.Subject ?? (use.ToolName is "SlashCommand" or "Skill" ? FirstWord(use.Command) : null);
        return new StepFacts
        {
            Tool = use.ToolName,
            Operation = operation,
            Name = subject is null ? operation : $"{use.ToolName}({Cut(SecretMasker.Mask(subject))})",
            Hint = HintOf(use),
            IsKnown = use.HasPayload,
            Exact = s_reads.Contains(use.ToolName) ? path : null,
            Arguments = path is null ? [] : [path, .. FurtherFiles(use)],
        };
    }

    private static IEnumerable<string> FurtherFiles(ToolUse use) =>
        use.FurtherFiles?.Split('\n').Select(file => WorkFolder.Strip(file, use.Folder)) ?? [];

    private static StepFacts ReadCommand(ToolUse use, string command, ShellScript script, string operation)
    {
        // Text that was left out before it was stored is known by the quotation marks around it.
        var dialect = use.Dialect!.Value;
        if (!TemplateReader.HasElided(script))
            (command, dialect, script) = ShellCall.Unwrap(command, dialect, script);

        // Where the work lies is no part of what is done; the verdict is about the command as it was.
        if (WorkFolder.IsIn(command, use.Folder))
        {
            command = WorkFolder.Strip(command, use.Folder);
            script = ShellReader.Read(command, dialect);
        }

        // What is a secret may show only beside what stands around it, so words are taken out of the masked command.
        var form = TemplateReader.Read(script);
        var isKnownText = form.IsKnownText;
        var masked = FactsMasker.Mask(command);
        if (masked != command)
        {
            (command, script) = (masked, ShellReader.Read(masked, dialect));
            form = TemplateReader.Read(script);
        }

        return new StepFacts
        {
            // The same words are another command in another language.
            Tool = dialect == use.Dialect ? ShellTool.CommonName(use.ToolName) : dialect.ToString(),
            Operation = operation,
            Name =
                form.Label is { Length: <= LongestLabel } label && form.Label.Contains(" && ", StringComparison.Ordinal)
                    ? $"{use.ToolName}({label})"
                    : operation,
            Hint = form.Hint,
            Exact = isKnownText ? CommandText.Of(command, script) : null,
            Template = form.Hint == StepHint.Free ? null : form.Template,
            Arguments = form.Arguments,
        };
    }

    private static StepHint HintOf(ToolUse use)
    {
        var tool = use.ToolName;
        if (s_bookkeeping.Contains(tool) || IsPolling(use))
            return StepHint.Bookkeeping;
        if (s_edits.Contains(tool))
            return StepHint.Edit;
        return s_looks.Contains(tool) || IsMcpLook(tool) ? StepHint.Look : StepHint.Free;
    }

    // Codex asks again for what a command, a script or another agent of its has done.
    private static bool IsPolling(ToolUse use) =>
        use.ToolName is "wait" || (use.ToolName is "write_stdin" && string.IsNullOrEmpty(use.Input));

    // mcp__server__get_issue: the tool's first word says whether it changes anything.
    private static bool IsMcpLook(string tool)
    {
        if (!tool.StartsWith("mcp__", StringComparison.Ordinal))
            return false;
        var name = tool.AsSpan(tool.LastIndexOf("__", StringComparison.Ordinal) + 2);
        foreach (
            var verb in (ReadOnlySpan<string>)["get", "list", "search", "read", "find", "query", "fetch", "describe", "resolve", "show"]
        )
        {
            if (name.StartsWith(verb, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static string? FirstWord(string? text)
    {
        var words = text?.Trim().Split([' ', '\n', '\t'], 2);
        return words is [{ Length: > 0 } word, ..] ? word : null;
    }

    private static string Cut(string subject) => subject.Length <= LongestLabel ? subject : subject[..LongestLabel];
}
