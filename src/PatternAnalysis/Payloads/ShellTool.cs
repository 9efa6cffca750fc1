using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Payloads;

/// <summary>Knows the tools that run commands, by the names that the common agents give them.</summary>
public static class ShellTool
{
    private static readonly FrozenSet<string> s_posix = new[]
    {
        "Bash",
        "exec",
        "shell",
        "shell_command",
        "local_shell",
        "exec_command",
        "execute_command",
        "run_command",
        "run_shell_command",
        "run_terminal_cmd",
        "run_terminal_command",
        "run_in_terminal",
        "container.exec",
        "unified_exec",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> s_powerShell = new[] { "PowerShell", "pwsh" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Codex calls its shell otherwise from version to version.
    private static readonly string[] s_codex =
    [
        "shell",
        "shell_command",
        "local_shell",
        "exec_command",
        "unified_exec",
        "container.exec",
        "exec",
    ];

    /// <summary>
    /// The name that a shell goes by where commands are compared: the same for all names that an agent has for its shell.
    /// </summary>
    /// <param name="toolName">A tool's name.</param>
    internal static string CommonName(string toolName) => s_codex.Contains(toolName) ? s_codex[0] : toolName;

    /// <summary>All names that a shell may go by, of which one is common to them.</summary>
    internal static IReadOnlyList<string> NamesOf(string commonName) => commonName == s_codex[0] ? s_codex : [commonName];

    /// <summary>The language that a tool's command is written in; <see langword="null"/> when the tool is no shell.</summary>
    /// <param name="toolName">A tool's name; of <c>mcp__server__tool</c> the last part counts.</param>
    public static ShellDialect? DialectOf(string toolName)
    {
        ArgumentNullException.ThrowIfNull(toolName);
        var separator = toolName.LastIndexOf("__", StringComparison.Ordinal);
        var name = separator < 0 ? toolName : toolName[(separator + 2)..];
        return s_posix.Contains(name) ? ShellDialect.Posix
            : s_powerShell.Contains(name) ? ShellDialect.PowerShell
            : null;
    }
}
