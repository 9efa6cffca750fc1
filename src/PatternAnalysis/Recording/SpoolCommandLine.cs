using PatternAnalysis.Import;

namespace PatternAnalysis.Recording;

/// <summary>
/// The command line of a hook that only leaves its input in a spool folder: text for the POSIX shell that the agent runs hooks in. It needs
/// nothing but that shell and the programs <c>cat</c>, <c>mktemp</c>, <c>mv</c> and <c>mkdir</c>, and always ends with 0.
/// </summary>
/// <param name="Places">The folders, in the order in which they are tried. What they lie in must be there.</param>
/// <param name="PayloadMode">How much of a tool's input is to be stored.</param>
public sealed record SpoolCommandLine(IReadOnlyList<string> Places, PayloadMode PayloadMode)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        // Where folders have owners, one of another user is left alone: he may have made it to see or change what is left there.
        var isMine = OperatingSystem.IsWindows() ? "-d" : "-O";
        var places = string.Join(' ', Places.Select(ShellText.Quote));
        return string.Join(
            "; ",
            "umask 077",
            $"for d in {places}",
            "do [ -d \"$d\" ] || mkdir \"$d\"",
            $$"""[ {{isMine}} "$d" ] && f=$(mktemp "$d/$$-{{PayloadMode}}-XXXXXXXX") || continue""",
            "if cat >\"$f\"",
            "then mv \"$f\" \"$f.hook\"",
            "else : >\"$f\"",
            "fi",
            "exit 0",
            "done 2>/dev/null",
            "echo 'No folder for events can be written.' >&2",
            "exit 0 # pattern-analysis record"
        );
    }
}
