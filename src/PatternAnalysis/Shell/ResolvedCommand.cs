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
}
