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

    /// <summary>It is about every program that another rule names: <c>*</c>.</summary>
    public bool IsAboutEveryKnown => Programs is ["*"];

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

    /// <summary>Programs that it is not about.</summary>
    public FrozenSet<string> UnlessPrograms { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Matches the only argument: there is no other.</summary>
    public BoundedRegex? OnlyArgument { get; init; }

    /// <summary>The only options that may be there.</summary>
    public OptionSet? OnlyFlags { get; init; }

    /// <summary>Matches every operand.</summary>
    public BoundedRegex? OnlyOperands { get; init; }

    /// <summary>How many operands there are at least.</summary>
    public int MinimumOperands { get; init; }

    /// <summary>How many operands there are at most.</summary>
    public int MaximumOperands { get; init; } = int.MaxValue;

    /// <summary>Where the names of tasks stand, all of which must be usual ones.</summary>
    public TaskPlace? UsualTasks { get; init; }

    /// <summary>Matches a file that the segment names in whatever place: to read, to write, or as data.</summary>
    public BoundedRegex? Touches { get; init; }

    /// <summary>Exempts files that it matches.</summary>
    public BoundedRegex? UnlessTouches { get; init; }

    /// <summary>A file that is named anywhere, and that the program is not told to write.</summary>
    public BoundedRegex? Takes { get; init; }

    /// <summary>Names that a pattern of file names, like <c>.e*</c>, may stand for.</summary>
    public IReadOnlyList<string> TouchesName { get; init; } = [];

    /// <summary>Matches a file that an option or an operand makes the program write.</summary>
    public BoundedRegex? Outputs { get; init; }

    /// <summary>A file's content is replaced by nothing.</summary>
    public bool Empties { get; init; }

    /// <summary>A file is read that the shell has emptied before.</summary>
    public bool OverwritesInput { get; init; }

    /// <summary>The program in the arguments only edits or prints text.</summary>
    public ScriptLanguage? PlainScript { get; init; }

    /// <summary>A database client gets one statement, which only reads.</summary>
    public bool ReadingStatement { get; init; }

    /// <summary>Programs: all that the segment runs are some of these, and there is one.</summary>
    public FrozenSet<string> Runs { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Exempts assignments that it matches.</summary>
    public BoundedRegex? UnlessAssignments { get; init; }

    public bool Matches(SegmentFacts facts) => MatchesWords(facts) && MatchesPlace(facts) && MatchesFiles(facts) && MatchesCode(facts);

    private bool MatchesWords(SegmentFacts facts) =>
        (SubCommands.Count == 0 || SubCommands.Any(facts.HasSubCommand))
        && (SubCommandPattern is null || SubCommandPattern.IsMatch(facts.SubCommand))
        && (GlobalFlags.Count == 0 || GlobalFlags.Any(facts.HasGlobalFlag))
        && (Flags.Count == 0 || Flags.Any(flag => HasFlag(facts, flag)))
        && AllFlags.All(flag => HasFlag(facts, flag))
        && !UnlessFlags.Any(facts.HasExactFlag)
        && (OnlyFlags is null || facts.Flags.All(OnlyFlags.Contains))
        && (Arguments is null || facts.ArgumentTexts.Any(Arguments.IsMatch))
        && (OnlyArgument is null || (facts.Segment.Arguments is [var only] && OnlyArgument.IsMatch(only.Value)))
        && (Operands is null || facts.OperandTexts.Any(Operands.IsMatch))
        && (OnlyOperands is null || facts.OperandTexts.All(OnlyOperands.IsMatch))
        && facts.Tasks.Count >= MinimumOperands
        && facts.Tasks.Count <= MaximumOperands
        && (UsualTasks is not { } place || AreUsual(facts, place))
        && !IsExempt(facts);

    private bool MatchesPlace(SegmentFacts facts)
    {
        var segment = facts.Segment;
        return (!WithoutProgram || segment is { Program: null, Assignments.Count: 0, HasUnknown: false, EndsGroup: false })
            && (UnlessPrograms.Count == 0 || segment.Program is not { } program || !IsUnlessProgram(facts, program))
            && (
                Assignments is null
                || facts.Assigned.Any(word => Assignments.IsMatch(word.Value) && UnlessAssignments?.IsMatch(word.Value) != true)
            )
            && (Wrappers.Count == 0 || segment.Wrappers.Any(wrapper => Wrappers.Contains(wrapper, StringComparer.Ordinal)))
            && (!CodeFromInput || segment.RunsInput)
            && (FedBy.Count == 0 || IsFed(segment))
            && (
                Contains.Count == 0
                || facts.Inner.Any(inner =>
                    inner.Origin == SegmentOrigin.Substitution && ReadingProgram(inner) is { } name && Contains.Contains(name)
                )
            )
            && (Runs.Count == 0 || RunsOnly(facts));
    }

    // "git status" is listed where "git show" must not be. It speaks of its arguments; "git check-ignore --stdin" prints what it reads.
    private bool IsUnlessProgram(SegmentFacts facts, string program) =>
        UnlessPrograms.Contains(program) || (UnlessPrograms.Contains($"{program} {facts.SubCommand}") && !facts.HasFlag("--stdin"));

    private bool MatchesFiles(SegmentFacts facts) =>
        (Overwrites is null || facts.Segment.Redirections.Any(redirection => redirection.Overwrites && IsFile(Overwrites, redirection)))
        && (WritesTo is null || facts.Segment.Redirections.Any(redirection => redirection.Writes && IsFile(WritesTo, redirection)))
        && (
            (Touches is null && TouchesName.Count == 0)
            || facts.Paths.Touched.Any(path =>
                (Touches?.IsMatch(path) == true && UnlessTouches?.IsMatch(path) != true) || PathText.MayName(path, TouchesName)
            )
        )
        && (Takes is null || facts.Paths.Taken.Any(Takes.IsMatch))
        && (Outputs is null || facts.Paths.Outputs.Any(Outputs.IsMatch))
        && (!Empties || facts.Paths.Empties)
        && (!OverwritesInput || facts.Paths.OverwritesInput);

    private bool MatchesCode(SegmentFacts facts) =>
        (PlainScript is not { } language || ScriptArguments.ArePlain(facts, language))
        && (!ReadingStatement || DatabaseClient.OnlyReads(facts.Segment));

    // $(< file) is $(cat file).
    private static string? ReadingProgram(ShellSegment segment) =>
        segment.Program ?? (segment.Redirections is [{ Operator: "<" }] ? "cat" : null);

    private static bool IsFile(BoundedRegex pattern, ShellRedirection redirection) =>
        pattern.IsMatch(redirection.Target.Value) || pattern.IsMatch(PathText.Normalize(redirection.Target.Value));

    private static bool AreUsual(SegmentFacts facts, TaskPlace place)
    {
        if (place == TaskPlace.SubCommand)
            return TaskWords.AreUsual(facts.SubCommand);

        // "make V=1 build", "gradle :app:test": where the first word is no plain name, all of them are operands.
        var tasks = facts.Tasks.Take(place == TaskPlace.BeforeDashes ? facts.TasksBeforeDashes : int.MaxValue).ToArray();
        return (facts.SubCommand.Length > 0 ? TaskWords.AreUsual(facts.SubCommand) : tasks.Any(word => TaskWords.AreUsual(word.Value)))
            && tasks.All(word =>
                !word.HasExpansion
                && (
                    TaskWords.IsUsualOperand(word.Value)
                    || (place == TaskPlace.BeforeDashes && word.Value.StartsWith("./", StringComparison.Ordinal))
                )
            );
    }

    private bool RunsOnly(SegmentFacts facts)
    {
        var any = false;
        foreach (var inner in facts.Inner.Where(inner => inner.Origin == SegmentOrigin.InterpreterArgument))
        {
            any = true;
            if (inner.Program is not { } program || !Runs.Contains(program))
                return false;
        }

        return any;
    }

    private bool HasFlag(SegmentFacts facts, string flag) => AcceptsAbbreviations ? facts.HasFlag(flag) : facts.HasExactFlag(flag);

    // A path that is only known at run time, or climbs out with "..", is not the path that the exemption means.
    private bool IsExempt(SegmentFacts facts) =>
        UnlessOperands is not null
        && facts.Operands.Count > 0
        && facts.Operands.All(word =>
            !word.HasExpansion
            && !word.Value.Contains("..", StringComparison.Ordinal)
            && (UnlessOperands.IsMatch(word.Value) || (facts.Folder is not null && UnlessOperands.IsMatch(InFolder(facts, word.Value))))
        );

    private static string InFolder(SegmentFacts facts, string path) =>
        path.Length == 0 || path[0] is '/' or '~' ? path : $"{facts.Folder}/{path}";

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
