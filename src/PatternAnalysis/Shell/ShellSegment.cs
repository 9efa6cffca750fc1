namespace PatternAnalysis.Shell;

/// <summary>One simple command of a script: what one program, function or cmdlet is asked to do.</summary>
public sealed class ShellSegment
{
    /// <summary>The source text of the command, with its wrappers, assignments and redirections.</summary>
    public required string Text { get; init; }

    /// <summary>The language of the segment: a PowerShell argument inside a bash command is PowerShell.</summary>
    public required ShellDialect Dialect { get; init; }

    /// <summary>
    /// The program without its folder and without <c>.exe</c>, past every wrapper. <see langword="null"/> when there is none
    /// (only assignments or redirections, or a PowerShell expression) or when it is known at run time only.
    /// </summary>
    public string? Program { get; init; }

    /// <summary>The folder part of the program as written (<c>./scripts/</c>), empty when it is looked up in the path.</summary>
    public string ProgramFolder { get; init; } = "";

    /// <summary>The program is what its name says, not a script of the project that has the name of one: <c>./test</c>.</summary>
    public bool IsWellKnown => Program is not null && KnownFolder.Holds(Program, ProgramFolder);

    /// <summary>What follows the program.</summary>
    public IReadOnlyList<ShellWord> Arguments { get; init; } = [];

    /// <summary>
    /// Words that the arguments and redirections may be as well, when a variable in them has a value that the text gives it: the words of a
    /// loop, an assignment.
    /// </summary>
    internal IReadOnlyList<string> Alternatives { get; set; } = [];

    /// <summary>The <c>NAME=value</c> words before the program, those of <c>env</c> and <c>sudo</c> too.</summary>
    public IReadOnlyList<ShellWord> Assignments { get; init; } = [];

    /// <summary>The redirections, in source order.</summary>
    public IReadOnlyList<ShellRedirection> Redirections { get; init; } = [];

    /// <summary>
    /// The names of the programs that were taken off the front (<c>sudo</c>, <c>env</c>, <c>uv run</c>), outermost first.
    /// </summary>
    public IReadOnlyList<string> Wrappers { get; init; } = [];

    /// <summary>Where the segment was found.</summary>
    public SegmentOrigin Origin { get; init; }

    /// <summary>How many substitutions and interpreter arguments are around it; 0 at the top, in subshells and groups too.</summary>
    public int Depth { get; init; }

    /// <summary>What joins it to the next segment of the same level.</summary>
    public ShellOperator Operator { get; internal set; }

    /// <summary>The segment whose output this one reads through a pipe, or <see langword="null"/>.</summary>
    public ShellSegment? Upstream { get; init; }

    /// <summary>The segment whose arguments this one is, such as <c>find</c> for what it executes, or <see langword="null"/>.</summary>
    public ShellSegment? Owner { get; init; }

    /// <summary>The program's code is an argument, and that code was read: its segments follow this one.</summary>
    public bool RunsFollowingSegments { get; init; }

    /// <summary>Nobody knows the program, but the one in its arguments, which follows this segment: that is what it is about.</summary>
    public bool IsUnknownWrapper { get; init; }

    /// <summary>The program is an interpreter that runs what it reads from its input.</summary>
    public bool RunsInput { get; init; }

    /// <summary>There are only redirections, and they belong to the group or loop that ends before them.</summary>
    public bool EndsGroup { get; init; }

    /// <summary>What runs in the group that ends before the segment's redirections.</summary>
    internal SegmentGroup? Group { get; init; }

    /// <summary>The program is a function that the same script defines: its body's segments are in the script.</summary>
    public bool IsLocalFunction { get; internal set; }

    /// <summary>Why what the segment does cannot be read from the text, or <see langword="null"/> when it can.</summary>
    public string? UnknownReason { get; internal set; }

    /// <summary>Some part of the segment cannot be read from the text.</summary>
    public bool HasUnknown => UnknownReason is not null;

    /// <summary>The source text.</summary>
    public override string ToString() => Text;
}
