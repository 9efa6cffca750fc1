namespace PatternAnalysis.Cli.Tests.Support;

/// <summary>A test in a terminal. Where util-linux's script, which makes one, is missing it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalFactAttribute : FactAttribute
{
    public TerminalFactAttribute()
    {
        if (Script is null)
            Skip = "There is no /usr/bin/script of util-linux here: nothing is said of terminals.";
    }

    public static string? Script { get; } = OperatingSystem.IsLinux() && File.Exists("/usr/bin/script") ? "/usr/bin/script" : null;
}
