using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Payloads;

/// <summary>Knows the tools that run commands, by the names that the common agents give them.</summary>
public static class ShellTool
{
    private static readonly FrozenDictionary<string, ShellDialect> s_dialects = new Dictionary<string, ShellDialect>
    {
        ["Bash"] = ShellDialect.Posix,
        ["exec"] = ShellDialect.Posix,
        ["shell"] = ShellDialect.Posix,
        ["shell_command"] = ShellDialect.Posix,
        ["local_shell"] = ShellDialect.Posix,
        ["exec_command"] = ShellDialect.Posix,
        ["execute_command"] = ShellDialect.Posix,
        ["run_command"] = ShellDialect.Posix,
        ["run_shell_command"] = ShellDialect.Posix,
        ["run_terminal_cmd"] = ShellDialect.Posix,
        ["run_terminal_command"] = ShellDialect.Posix,
        ["run_in_terminal"] = ShellDialect.Posix,
        ["container.exec"] = ShellDialect.Posix,
        ["unified_exec"] = ShellDialect.Posix,
        ["PowerShell"] = ShellDialect.PowerShell,
        ["pwsh"] = ShellDialect.PowerShell,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

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
        return s_dialects.TryGetValue(name, out var dialect) ? dialect : null;
    }
}
