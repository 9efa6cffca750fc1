using PatternAnalysis.Import;

namespace PatternAnalysis.Recording;

/// <summary>The command line of the recorder, as a hook names it: text for the shell that the agent runs hooks in.</summary>
/// <param name="Program">The program's path.</param>
/// <param name="Database">The database.</param>
/// <param name="PayloadMode">How much of a tool's input is stored.</param>
public sealed record RecorderCommandLine(string Program, string Database, PayloadMode PayloadMode)
{
    private const string Safe = "-_./:,+@%";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Quote(Program)} record --database {Quote(Database)}{(PayloadMode == PayloadMode.Command ? "" : $" --payload-mode {PayloadMode}")}";

    // Hooks run in a POSIX shell (on Windows that of Git). It takes forward slashes there too, and single quotes keep all but themselves.
    private static string Quote(string path)
    {
        if (OperatingSystem.IsWindows())
            path = path.Replace('\\', '/');
        return path.All(character => char.IsAsciiLetterOrDigit(character) || Safe.Contains(character, StringComparison.Ordinal))
            ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
