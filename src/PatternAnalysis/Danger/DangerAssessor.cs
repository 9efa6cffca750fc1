using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>Judges commands and tool uses by a rule set. Safe for any number of threads.</summary>
/// <param name="rules">The rules.</param>
public sealed class DangerAssessor(DangerRuleSet rules)
{
    /// <summary>Grows when a verdict may be another one though no rule is: verdicts that were kept are made anew then.</summary>
    public const int Version = 4;

    // What a server of anybody's does is not known from a name that nothing is known of; an agent's own tools are.
    private const string ThirdPartyPrefix = "mcp__";

    /// <summary>The rules that it judges by.</summary>
    public DangerRuleSet Rules { get; } = rules ?? throw new ArgumentNullException(nameof(rules));

    /// <summary>Judges a command text: its worst segment decides, of equals the first.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="dialect">The language that runs it.</param>
    public DangerVerdict AssessCommand(string text, ShellDialect dialect) => AssessScript(ShellReader.Read(text, dialect));

    /// <summary>Judges a command text that was read already.</summary>
    /// <param name="script">What the reader made of it.</param>
    public DangerVerdict AssessScript(ShellScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var worst = default(Finding);
        var folder = new WorkingFolder();
        for (var index = 0; index < script.Segments.Count && worst.Level < DangerLevel.Destructive; index++)
        {
            var finding = AssessSegment(script, index, folder.At(script.Segments[index]));
            if (finding.IsWorseThan(worst))
                worst = finding;
        }

        return worst.ToVerdict();
    }

    /// <summary>Judges every segment of a command text on its own, for showing where a verdict comes from.</summary>
    /// <param name="script">What the reader made of the text.</param>
    /// <returns>One verdict a segment, in the same order.</returns>
    public IReadOnlyList<DangerVerdict> AssessSegments(ShellScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        var folder = new WorkingFolder();
        return [.. script.Segments.Select((segment, index) => AssessSegment(script, index, folder.At(segment)).ToVerdict())];
    }

    /// <summary>
    /// Judges a tool by its name alone, as far as a name goes: it is safe unless one of its words says otherwise.
    /// </summary>
    /// <param name="toolName">A tool's name, such as <c>mcp__files__delete_file</c>.</param>
    public DangerVerdict AssessTool(string toolName)
    {
        ArgumentNullException.ThrowIfNull(toolName);
        var rule = Rules.ToolRules.FirstOrDefault(rule => rule.Tool!.MatchesName(toolName));
        return rule is null || rule.Level == DangerLevel.Safe ? DangerVerdict.Safe : rule.Verdict(Shown(toolName));
    }

    /// <summary>Judges the use of a tool: a shell by its command, any other by its name and by the file it is used on.</summary>
    /// <param name="toolName">The tool's name.</param>
    /// <param name="payloadUtf8">The event's payload; empty when there is none, and then the name alone counts.</param>
    public DangerVerdict AssessToolUse(string toolName, ReadOnlySpan<byte> payloadUtf8) =>
        AssessToolUse(ToolUseReader.Read(toolName, payloadUtf8));

    /// <summary>Judges a tool use whose payload was read already.</summary>
    /// <param name="use">What the payload says.</param>
    public DangerVerdict AssessToolUse(ToolUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (use is { Dialect: { } dialect, Command: { } command })
            return AssessCommand(command, dialect);
        if (use.Dialect is not null)
            return Unknown("unknown.no-command", "a shell tool ran something, and the event does not say what", use.ToolName);
        if (!use.HasPayload && !use.ToolName.StartsWith(ThirdPartyPrefix, StringComparison.Ordinal))
            return AssessTool(use.ToolName);

        if (
            use.FilePath is { } path
            && Rules.ToolRules.FirstOrDefault(rule => rule.Tool!.MatchesPath(use.ToolName, path)) is { Level: > DangerLevel.Safe } rule
        )
            return DangerVerdict.Worst(AssessTool(use.ToolName), rule.Verdict(Shown($"{use.ToolName} {path}")));
        return Rules.ToolRules.FirstOrDefault(rule => rule.Tool!.MatchesName(use.ToolName)) switch
        {
            null => Unknown("unknown.tool", "no rule says what this tool does", use.ToolName),
            { Level: DangerLevel.Safe } => DangerVerdict.Safe,
            var match => match.Verdict(Shown(use.ToolName)),
        };
    }

    /// <summary>Whether an option or an operand makes the program write a file.</summary>
    internal static bool WritesFile(ShellSegment segment) => new SegmentFacts(segment, [], null).Paths.Outputs.Any();

    private Finding AssessSegment(ShellScript script, int index, string? folder)
    {
        var segment = script.Segments[index];
        var facts = new SegmentFacts(segment, Inner(script, index), folder);
        var candidates = Rules.For(segment);
        var overriding = candidates.FirstOrDefault(rule => rule.Overrides && Matches(rule, facts));
        var match = candidates.FirstOrDefault(rule =>
            (overriding is null || rule == overriding || rule.Command!.Programs.Count == 0) && Matches(rule, facts)
        );
        var level = match?.Level ?? DangerLevel.Safe;
        if (level == DangerLevel.Safe && !IsKnownToBeSafe(segment, match))
            (level, match) = (DangerLevel.Unknown, null);

        // A disabled rule does not count, but the verdict names it when it would have.
        var disabled = Rules.Disabled.FirstOrDefault(rule =>
            rule.Command is not null && rule.Level > level && rule.IsAbout(segment.Program) && Matches(rule, facts)
        );
        return new Finding(level, segment, level == DangerLevel.Safe ? null : match, disabled);
    }

    // No program: assignments or an expression, whose substitutions are segments. Code in an argument, or a function of
    // the script itself: what it runs is judged by its own segments.
    private static bool IsKnownToBeSafe(ShellSegment segment, DangerRule? match) =>
        !segment.HasUnknown
        && (
            (match is not null && segment.IsWellKnown)
            || segment.Program is null
            || (segment.RunsFollowingSegments && segment.IsWellKnown)
            || segment.IsLocalFunction
        );

    private static bool Matches(DangerRule rule, SegmentFacts facts) =>
        rule.Shells.Contains(facts.Segment.Dialect) && rule.Command!.Matches(facts);

    // The segments inside a segment follow it, one level deeper or more.
    private static IEnumerable<ShellSegment> Inner(ShellScript script, int index)
    {
        var depth = script.Segments[index].Depth;
        for (var inner = index + 1; inner < script.Segments.Count && script.Segments[inner].Depth > depth; inner++)
            yield return script.Segments[inner];
    }

    private static DangerVerdict Unknown(string ruleId, string reason, string text) =>
        new(DangerLevel.Unknown, ruleId, DangerVerdict.UnknownCategory, reason, Shown(text));

    private static string Shown(string text) => SecretMasker.Mask(text, DangerVerdict.MaximumSegmentLength);

    /// <summary>A verdict before its text is masked: of ten thousand segments only one is shown.</summary>
    private readonly record struct Finding(DangerLevel Level, ShellSegment Segment, DangerRule? Rule = null, DangerRule? Disabled = null)
    {
        // Of equals the first, but a safe one that says which rule was disabled says more than one that says nothing.
        public bool IsWorseThan(Finding other) =>
            Level > other.Level
            || (Level == other.Level && other.Disabled is null && other.Level == DangerLevel.Safe && Disabled is not null);

        public DangerVerdict ToVerdict()
        {
            var verdict =
                Level == DangerLevel.Safe ? DangerVerdict.Safe
                : Rule is not null ? Rule.Verdict(Shown(Segment.Text))
                : Segment.UnknownReason is { } reason ? Unknown("unknown.text", reason, Segment.Text)
                : Unknown("unknown.program", $"no rule says what '{SecretMasker.Mask(Segment.Program!, 60)}' does", Segment.Text);
            return Disabled is null ? verdict : verdict.Without(Disabled, Shown(Segment.Text));
        }
    }
}
