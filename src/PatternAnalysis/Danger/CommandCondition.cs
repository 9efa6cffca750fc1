using System.Collections.Frozen;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>What a segment must be like for a rule to match: every condition that is set must hold.</summary>
internal sealed class CommandCondition
{
    // A pipeline longer than this is no command that anybody wrote.
    private const int MaximumUpstream = 8;

    /// <summary>The programs it is about; empty is every one.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Sub-commands, any of which must be the segment's or the beginning of it, by whole words.</summary>
    public IReadOnlyList<string> SubCommands { get; init; } = [];

    /// <summary>Matches the whole sub-command.</summary>
    public BoundedRegex? SubCommandPattern { get; init; }

    /// <summary>Options, any of which must stand before the sub-command.</summary>
    public IReadOnlyList<string> GlobalFlags { get; init; } = [];

    /// <summary>Options, any of which must be there.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>An abbreviated option is enough to condemn, but not to acquit.</summary>
    public bool AcceptsAbbreviations { get; init; }

    /// <summary>Options that must all be there.</summary>
    public IReadOnlyList<string> AllFlags { get; init; } = [];

    /// <summary>Options, none of which may be there.</summary>
    public IReadOnlyList<string> UnlessFlags { get; init; } = [];

    /// <summary>Matches some argument.</summary>
    public BoundedRegex? Arguments { get; init; }

    /// <summary>Matches some word that is neither option nor sub-command.</summary>
    public BoundedRegex? Operands { get; init; }

    /// <summary>Exempts the segment when it matches every operand, and there is one.</summary>
    public BoundedRegex? UnlessOperands { get; init; }

    /// <summary>Matches the target of an overwriting redirection.</summary>
    public BoundedRegex? Overwrites { get; init; }

    /// <summary>Matches the target of a redirection that writes, at the file's end too.</summary>
    public BoundedRegex? WritesTo { get; init; }

    /// <summary>Matches an assignment before the program.</summary>
    public BoundedRegex? Assignments { get; init; }

    /// <summary>Programs, one of which must feed the segment through pipes.</summary>
    public FrozenSet<string> FedBy { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Programs, one of which must run inside the segment's arguments.</summary>
    public FrozenSet<string> Contains { get; init; } = FrozenSet<string>.Empty;

    /// <summary>The segment's program must run what it reads from its input.</summary>
    public bool CodeFromInput { get; init; }

    /// <summary>Wrappers, one of which must be around the program.</summary>
    public IReadOnlyList<string> Wrappers { get; init; } = [];

    /// <summary>The rule is for segments that run no program of their own: <c>&gt; file</c>.</summary>
    public bool WithoutProgram { get; init; }

    public bool Matches(SegmentFacts facts)
    {
        var segment = facts.Segment;
        return (!WithoutProgram || segment is { Program: null, Assignments.Count: 0, HasUnknown: false, EndsGroup: false })
            && (SubCommands.Count == 0 || SubCommands.Any(facts.HasSubCommand))
            && (SubCommandPattern is null || SubCommandPattern.IsMatch(facts.SubCommand))
            && (GlobalFlags.Count == 0 || GlobalFlags.Any(facts.HasGlobalFlag))
            && (Flags.Count == 0 || Flags.Any(flag => HasFlag(facts, flag)))
            && AllFlags.All(flag => HasFlag(facts, flag))
            && !UnlessFlags.Any(facts.HasExactFlag)
            && (Arguments is null || segment.Arguments.Any(word => Arguments.IsMatch(word.Value)))
            && (Operands is null || facts.Operands.Any(word => Operands.IsMatch(word.Value)))
            && (
                Overwrites is null
                || segment.Redirections.Any(redirection => redirection.Overwrites && Overwrites.IsMatch(redirection.Target.Value))
            )
            && (
                WritesTo is null
                || segment.Redirections.Any(redirection => redirection.Writes && WritesTo.IsMatch(redirection.Target.Value))
            )
            && (Assignments is null || segment.Assignments.Any(word => Assignments.IsMatch(word.Value)))
            && (Wrappers.Count == 0 || segment.Wrappers.Any(wrapper => Wrappers.Contains(wrapper, StringComparer.Ordinal)))
            && (!CodeFromInput || segment.RunsInput)
            && (FedBy.Count == 0 || IsFed(segment))
            && (Contains.Count == 0 || facts.InnerPrograms.Any(Contains.Contains))
            && !IsExempt(facts);
    }

    private bool HasFlag(SegmentFacts facts, string flag) => AcceptsAbbreviations ? facts.HasFlag(flag) : facts.HasExactFlag(flag);

    // A path that is only known at run time, or climbs out with "..", is not the path that the exemption means.
    private bool IsExempt(SegmentFacts facts) =>
        UnlessOperands is not null
        && facts.Operands.Count > 0
        && facts.Operands.All(word =>
            !word.HasExpansion && !word.Value.Contains("..", StringComparison.Ordinal) && UnlessOperands.IsMatch(word.Value)
        );

    private bool IsFed(ShellSegment segment)
    {
        var upstream = segment.Upstream;
        for (var step = 0; upstream is not null && step < MaximumUpstream; step++, upstream = upstream.Upstream)
        {
            if (upstream.Program is { } program && FedBy.Contains(program))
                return true;
        }

        return false;
    }
}
