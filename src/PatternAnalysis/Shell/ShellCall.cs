using System.Text.RegularExpressions;

namespace PatternAnalysis.Shell;

/// <summary>
/// A command that does nothing but call a shell: <c>bash -lc 'npm test'</c>, <c>powershell.exe -NoProfile -Command "go build"</c>,
/// <c>cmd /c go vet ./...</c>. How an agent calls its shell is no part of what it does there.
/// </summary>
internal static partial class ShellCall
{
    // A shell that calls a shell that calls a shell; nobody goes further.
    private const int MostCalls = 3;

    // How the shell starts, not what it does: -c, -lc, -ic.
    private static readonly string[] s_posix = ["-l", "-i", "--login"];

    private static readonly string[] s_powerShell = ["-noprofile", "-nop", "-noninteractive", "-noni", "-nologo", "-nol"];

    private static readonly string[] s_powerShellPolicy = ["-executionpolicy", "-ep", "-ex"];

    /// <summary>The command that is run in the end, and the language that it is written in; the same where no shell is called.</summary>
    /// <param name="command">The command.</param>
    /// <param name="dialect">The language that it is written in.</param>
    /// <param name="script">What was read of it.</param>
    public static (string Command, ShellDialect Dialect, ShellScript Script) Unwrap(
        string command,
        ShellDialect dialect,
        ShellScript script
    )
    {
        for (var calls = 0; calls < MostCalls && FindInner(command, dialect, script) is var (inner, innerDialect); calls++)
            (command, dialect, script) = (inner, innerDialect, ShellReader.Read(inner, innerDialect));
        return (command, dialect, script);
    }

    private static (string Command, ShellDialect Dialect)? FindInner(string command, ShellDialect dialect, ShellScript script)
    {
        if (
            script.Segments is not [{ Program: { } program, RunsFollowingSegments: true, IsWellKnown: true } call, ..]
            // Nothing stands around it: no other command, loop, negation, or sign that it runs in the background.
            || call.Text.Trim() != command.Trim()
            || call.Operator != ShellOperator.None
            || script.Segments.Skip(1).Any(segment => segment.Depth == 0)
            || call.Wrappers.Count > 0
            || call.Assignments.Count > 0
            // Its errors stand among its output, and that is all: "2>&1".
            || call.Redirections.Any(redirection => redirection is not { Operator: ">&", Target.Value: "1" })
            // The shell around would change what the other one gets.
            || call.Arguments.Any(word => word.HasExpansion)
        )
            return null;

        if (program.Equals("cmd", StringComparison.OrdinalIgnoreCase))
            return InnerOfCmd(call.Arguments) is { } line ? (line, dialect) : null;
        return Interpreter.Find(program)?.Dialect switch
        {
            ShellDialect.Posix => InnerOfPosix(call.Arguments) is { } code ? (code, ShellDialect.Posix) : null,
            ShellDialect.PowerShell => InnerOfPowerShell(call.Arguments) is { } code ? (code, ShellDialect.PowerShell) : null,
            _ => null,
        };
    }

    // What follows the code are its arguments: "$1".
    private static string? InnerOfPosix(IReadOnlyList<ShellWord> arguments)
    {
        var start = arguments.TakeWhile(word => s_posix.Contains(word.Value)).Count();
        return start == arguments.Count - 2 && arguments[start].Value is "-c" or "-lc" or "-cl" or "-ic" or "-lic" or "-ilc"
            ? arguments[^1].Value
            : null;
    }

    private static string? InnerOfPowerShell(IReadOnlyList<ShellWord> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var option = arguments[i].Value;
            if (s_powerShellPolicy.Contains(option, StringComparer.OrdinalIgnoreCase))
                i++;
            else if (
                option.Equals("-command", StringComparison.OrdinalIgnoreCase) || option.Equals("-c", StringComparison.OrdinalIgnoreCase)
            )
                return i == arguments.Count - 2 ? arguments[i + 1].Value : null;
            else if (!s_powerShell.Contains(option, StringComparer.OrdinalIgnoreCase))
                return null;
        }

        return null;
    }

    // Only words that mean the same in every shell: what cmd makes of others, no reader here knows.
    private static string? InnerOfCmd(IReadOnlyList<ShellWord> arguments)
    {
        var start = arguments.TakeWhile(word => word.Value.ToUpperInvariant() is "/D" or "/S" or "/Q").Count();
        if (start >= arguments.Count - 1 || !arguments[start].Value.Equals("/c", StringComparison.OrdinalIgnoreCase))
            return null;
        var line = string.Join(' ', arguments.Skip(start + 1).Select(word => word.Value));
        return PlainLine().IsMatch(line) ? line : null;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./:=@+-]+(?: [A-Za-z0-9_./:=@+-]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainLine();
}
