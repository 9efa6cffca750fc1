using PatternAnalysis.Import;

namespace PatternAnalysis.Recording;

/// <summary>The command line of the recorder, as a hook names it: text for the shell that the agent runs hooks in.</summary>
/// <param name="Program">The program's path.</param>
/// <param name="Database">The database.</param>
/// <param name="PayloadMode">How much of a tool's input is stored.</param>
public sealed record RecorderCommandLine(string Program, string Database, PayloadMode PayloadMode)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{ShellText.Quote(Program)} record --database "
        + $"{ShellText.Quote(Database)}{(PayloadMode == PayloadMode.Command ? "" : $" --payload-mode {PayloadMode}")}";
}
