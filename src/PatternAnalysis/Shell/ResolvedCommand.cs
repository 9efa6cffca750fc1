namespace PatternAnalysis.Shell;

/// <summary>What a command's words come to, once its wrappers are off.</summary>
internal sealed record ResolvedCommand
{
    public string? Program { get; init; }

    public string ProgramFolder { get; init; } = "";

    public IReadOnlyList<ShellWord> Arguments { get; init; } = [];

    public IReadOnlyList<ShellWord> Assignments { get; init; } = [];

    public IReadOnlyList<string> Wrappers { get; init; } = [];

    public bool RunsInput { get; init; }

    public string? UnknownReason { get; init; }

    /// <summary>Code in an argument, for a shell that can be read here.</summary>
    public string? Script { get; init; }

    public ShellDialect ScriptDialect { get; init; }

    /// <summary>Commands that the arguments give as words: <c>find -exec</c>.</summary>
    public IReadOnlyList<IReadOnlyList<ShellWord>> ExecutedCommands { get; init; } = [];

    /// <summary>A text that the program hands to another shell, beside what it does itself.</summary>
    public string? CarriedText { get; init; }

    /// <summary>Nobody knows the program, but what it is followed by: that is what the command is about.</summary>
    public bool IsUnknownWrapper { get; init; }
}
