namespace PatternAnalysis.Shell;

/// <summary>The language that a command text is written in.</summary>
public enum ShellDialect
{
    /// <summary>POSIX sh, bash, zsh and their relatives.</summary>
    Posix,

    /// <summary>Windows PowerShell and PowerShell 7.</summary>
    PowerShell,
}
