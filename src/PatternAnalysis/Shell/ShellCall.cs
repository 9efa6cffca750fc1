namespace PatternAnalysis.Shell;

/// <summary>
/// A command that does nothing but call a shell: <c>bash -lc 'npm test'</c>, <c>powershell.exe -Command "go build"</c>,
/// <c>cmd /c dir</c>. How an agent calls its shell is no part of what it does there.
/// </summary>
internal static class ShellCall
{
    // A shell that calls a shell that calls a shell; nobody goes further.
    private const int MostCalls = 3;

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
        for (var calls = 0; calls < MostCalls && FindInner(script) is var (inner, innerDialect); calls++)
            (command, dialect, script) = (inner, innerDialect, ShellReader.Read(inner, innerDialect));
        return (command, dialect, script);
    }

    private static (string Command, ShellDialect Dialect)? FindInner(ShellScript script)
    {
        if (
            script.Segments is not [{ Program: { } program, RunsFollowingSegments: true } call, ..]
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
        {
            var option = call.Arguments.TakeWhile(word => !word.Value.Equals("/c", StringComparison.OrdinalIgnoreCase)).Count();
            return option < call.Arguments.Count - 1
                ? (string.Join(' ', call.Arguments.Skip(option + 1).Select(word => word.Value)), ShellDialect.PowerShell)
                : null;
        }

        return
            Interpreter.Find(program) is { Dialect: { } dialect } interpreter
            && interpreter.FindShellCode(call.Arguments) is { } code
            // What follows the code of a POSIX shell are its arguments: "$1".
            && (dialect == ShellDialect.PowerShell || call.Arguments[^1].Value == code)
            ? (code, dialect)
            : null;
    }
}
