using PatternAnalysis.Shell;

namespace PatternAnalysis.Payloads;

/// <summary>What a tool was asked to do, as far as names and verdicts need it.</summary>
/// <param name="ToolName">The tool's name as the event gives it.</param>
/// <param name="HasPayload">The event's payload says what the tool was given; without that there is nothing to judge but the name.</param>
/// <param name="Command">The command text of a shell tool; an argument list is quoted into one. Not trimmed.</param>
/// <param name="FilePath">The file of a file tool.</param>
/// <param name="ToolUseId">The call's id, the same in every event of the call.</param>
public sealed record ToolUse(string ToolName, bool HasPayload, string? Command, string? FilePath, string? ToolUseId)
{
    /// <summary>The language of <see cref="Command"/>, or <see langword="null"/> when the tool is no shell.</summary>
    public ShellDialect? Dialect { get; } =
        ShellTool.DialectOf(ToolName) ?? (Command is not null && PatchText.IsTool(ToolName) ? ShellDialect.Posix : null);

    /// <summary>What the tool was asked for by name: a skill, the kind of a sub-agent.</summary>
    public string? Subject { get; init; }

    /// <summary>The other files of a patch, a line each; null where it has one or none.</summary>
    public string? FurtherFiles { get; init; }

    /// <summary>The folder that the call was made in.</summary>
    public string? Folder { get; init; }

    /// <summary>The text that a running program was sent; empty when it was only asked whether there is anything new.</summary>
    public string? Input { get; init; }
}
