using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>One rule: what it matches, what that means, and why.</summary>
public sealed class DangerRule
{
    internal DangerRule(string id, string category, DangerLevel level, string why, IReadOnlyList<ShellDialect> shells)
    {
        Id = id;
        Category = category;
        Level = level;
        Why = why;
        Shells = shells;
    }

    /// <summary>The name by which verdicts, rule files and people speak of the rule, such as <c>git.reset-hard</c>.</summary>
    public string Id { get; }

    /// <summary>The group that the rule belongs to, such as <c>git</c>.</summary>
    public string Category { get; }

    /// <summary>What a match means; a safe rule says that a program is known and harmless.</summary>
    public DangerLevel Level { get; }

    /// <summary>Why the rule exists, a sentence for people.</summary>
    public string Why { get; }

    /// <summary>The languages whose commands it looks at.</summary>
    public IReadOnlyList<ShellDialect> Shells { get; }

    /// <summary>
    /// A safe rule that silences the worse ones about the same program: a dry run deletes nothing. Rules about every program, such as those
    /// about redirections and variables, still speak.
    /// </summary>
    public bool Overrides { get; init; }

    /// <summary>Set when the rule looks at commands.</summary>
    internal CommandCondition? Command { get; init; }

    /// <summary>Set when the rule looks at tools.</summary>
    internal ToolCondition? Tool { get; init; }

    /// <summary>Whether the rule may match a segment that runs this program.</summary>
    internal bool IsAbout(string? program) =>
        Command!.Programs.Count == 0
        || (
            program is not null
            && Command.Programs.Any(name =>
                name.Equals(program, StringComparison.OrdinalIgnoreCase)
                || name.Equals(ProgramName.WithoutVersion(program), StringComparison.OrdinalIgnoreCase)
            )
        );

    /// <summary>The level, id and category.</summary>
    public override string ToString() => $"{Level} {Id} ({Category})";

    internal DangerVerdict Verdict(string maskedSegment) => new(Level, Id, Category, Why, maskedSegment);
}
