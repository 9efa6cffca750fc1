using System.Buffers;
using System.Collections.Frozen;
using PatternAnalysis.Danger;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Permissions;

/// <summary>
/// Proposes allow rules for what agents ask for again and again: only what was judged safe in every segment of every occurrence, and a rule
/// for a prefix only where what else it would let through is judged safe too. Nothing is installed.
/// </summary>
/// <remarks>
/// An agent splits a command at its operators and asks for each part, so a rule is about one segment. A rule for a prefix matches
/// everything that begins like it, but for what <see cref="AgentRuleSyntax"/> says that the agent asks for all the same.
/// </remarks>
/// <param name="assessor">Judges commands.</param>
/// <param name="minimumSessions">In how many sessions something must have been asked for; at least 1.</param>
public sealed class PermissionProposer(DangerAssessor assessor, int minimumSessions = 3)
{
    private const int SeenCount = 10;
    private const int LetThroughCount = 5;

    /// <summary>So many different commands make a prefix worth a rule of its own.</summary>
    private const int FewestVariants = 3;

    private const string WritesFile = "it writes a file, for which the agent would ask";
    private const string NoSyntax = "how this agent reads rules is not known";

    // What the rules' syntax gives a meaning of its own.
    private static readonly SearchValues<char> s_syntax = SearchValues.Create("*?()\n\r\"\\");

    private readonly FrozenSet<string> _rulesOfAll = assessor
        .Rules.Rules.Where(rule => rule.Command is { Programs.Count: 0 })
        .Select(rule => rule.Id)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The rules, most sessions first; refused prefixes stand among them with their reason.</summary>
    public IReadOnlyList<PermissionRule> Propose(IEnumerable<CommandUse> uses)
    {
        ArgumentNullException.ThrowIfNull(uses);
        var asked = new Dictionary<(string Tool, string Text), AskedFor>();
        foreach (var use in uses)
            Count(use, asked);

        AskedFor[] safe =
        [
            .. asked
                .Values.Where(candidate => candidate.IsSafe && !candidate.Text.AsSpan().ContainsAny(s_syntax))
                .OrderBy(candidate => candidate.Text, StringComparer.Ordinal),
        ];
        AskedFor[] every = [.. asked.Values.OrderBy(candidate => candidate.Text, StringComparer.Ordinal)];
        var wanted = safe.Where(candidate => candidate.Sessions.Count >= minimumSessions).ToArray();
        var prefixes = safe.Where(candidate => candidate is { Prefix: not null, IsAdmitted: true })
            .GroupBy(candidate => (candidate.Tool, Prefix: candidate.Prefix!))
            .Where(group => group.Count() >= FewestVariants)
            .Select(group => group.Key)
            .Concat(wanted.Where(IsAlwaysPrefix).Select(candidate => (candidate.Tool, Prefix: candidate.Text)))
            .Distinct()
            .Select(key => (Key: key, Covers: CoveredBy(safe, key.Tool, key.Prefix)))
            .Where(prefix => prefix.Covers.SelectMany(candidate => candidate.Sessions).Distinct().Count() >= minimumSessions)
            .Select(prefix =>
            {
                var (tool, text) = prefix.Key;
                return (prefix.Key, prefix.Covers, Rule: ProposePrefix(tool, text, prefix.Covers, Beginning(every, tool, text)));
            })
            .ToArray();
        var proposed = prefixes.Where(prefix => prefix.Rule.IsProposed).Select(prefix => prefix.Key).ToHashSet();
        var covered = prefixes.Where(prefix => prefix.Rule.IsProposed).SelectMany(prefix => prefix.Covers).ToHashSet();
        return
        [
            .. wanted
                .Where(candidate => !IsAlwaysPrefix(candidate) && !covered.Contains(candidate))
                .Select(Exact)
                .Concat(prefixes.Where(prefix => !IsWithin(prefix.Key, proposed)).Select(prefix => prefix.Rule))
                .OrderByDescending(rule => rule.SessionCount)
                .ThenByDescending(rule => rule.CallCount)
                .ThenBy(rule => rule.Rule, StringComparer.Ordinal),
        ];
    }

    // A rule for fewer words says the same and more.
    private static bool IsWithin((string Tool, string Prefix) key, HashSet<(string Tool, string Prefix)> proposed)
    {
        for (var blank = key.Prefix.LastIndexOf(' '); blank > 0; blank = key.Prefix.LastIndexOf(' ', blank - 1))
        {
            if (proposed.Contains((key.Tool, key.Prefix[..blank])))
                return true;
        }

        return false;
    }

    // Not of a tool without a text, which is a server's.
    private static bool IsAlwaysPrefix(AskedFor candidate) =>
        candidate.Text.Length > 0 && AgentRuleSyntax.Of(candidate.Tool) is { HasExact: false };

    // What a rule for the prefix answers. What the agent asks for all the same keeps its own.
    private static AskedFor[] CoveredBy(AskedFor[] safe, string tool, string prefix) =>
        [.. Beginning(safe, tool, prefix).Where(candidate => candidate.IsAdmitted || candidate.Text == prefix)];

    // What begins so, by whole words, among texts in their order.
    private static AskedFor[] Beginning(AskedFor[] sorted, string tool, string prefix)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(sorted[middle].Text, prefix) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return
        [
            .. sorted
                .Skip(low)
                .TakeWhile(candidate => candidate.Text.StartsWith(prefix, StringComparison.Ordinal))
                .Where(candidate =>
                    candidate.Tool == tool && (candidate.Text.Length == prefix.Length || candidate.Text[prefix.Length] == ' ')
                ),
        ];
    }

    private void Count(CommandUse use, Dictionary<(string, string), AskedFor> asked)
    {
        if (use.Command is null || ShellTool.DialectOf(use.ToolName) is not { } dialect)
        {
            // An agent's own tools need no rule; those of servers are named by their server.
            if (use.ToolName.StartsWith("mcp__", StringComparison.Ordinal))
                Take(
                    use.ToolName,
                    "",
                    null,
                    isSafe: assessor.AssessToolUse(new ToolUse(use.ToolName, true, null, null, null)).Level == DangerLevel.Safe
                );
            return;
        }

        var script = ShellReader.Read(use.Command, dialect);
        var isSafe = assessor.AssessScript(script).Level == DangerLevel.Safe;

        // How agents cut PowerShell is not documented: exact texts only.
        foreach (var segment in script.Segments.Where(segment => segment is { Depth: 0, Program: not null }))
            Take(use.ToolName, Normalise(segment.Text), dialect == ShellDialect.Posix ? PrefixOf(segment) : null, isSafe);

        void Take(string tool, string text, string? prefix, bool isSafe)
        {
            if (!asked.TryGetValue((tool, text), out var candidate))
                asked[(tool, text)] = candidate = new AskedFor(tool, text, prefix);
            candidate.CallCount++;
            candidate.Sessions.Add(use.SessionId);
            candidate.IsSafe &= isSafe;
        }
    }

    private PermissionRule Exact(AskedFor candidate)
    {
        var isServer = candidate.Text.Length == 0;
        var syntax = AgentRuleSyntax.Of(candidate.Tool);
        return new PermissionRule(
            isServer
                ? candidate.Tool
                : syntax?.Write(candidate.Tool, candidate.Text, isPrefix: false) ?? $"{candidate.Tool}({candidate.Text})",
            candidate.Sessions.Count,
            candidate.CallCount,
            [SecretMasker.Mask(isServer ? candidate.Tool : candidate.Text)],
            [],
            isServer || syntax is not null ? RefuseExact(candidate) : NoSyntax,
            isServer ? "Claude Code" : syntax?.Agent ?? "unknown"
        );
    }

    private string? RefuseExact(AskedFor candidate)
    {
        if (SecretMasker.Mask(candidate.Text) != candidate.Text)
            return "the command holds a secret or a path of a home folder";

        // On its own, and with blanks folded, it may be another command than among the others.
        return
            candidate.Text.Length > 0
            && assessor.AssessCommand(candidate.Text, ShellTool.DialectOf(candidate.Tool)!.Value) is { Level: > DangerLevel.Safe } verdict
            ? $"alone it is not known to be safe: {verdict.Reason}"
            : null;
    }

    private PermissionRule ProposePrefix(string tool, string prefix, AskedFor[] group, AskedFor[] seen)
    {
        var syntax = AgentRuleSyntax.Of(tool);
        var rule = syntax?.Write(tool, prefix, isPrefix: true);
        var (letsThrough, refusal) =
            syntax is null ? ([], NoSyntax)
            : rule is null ? ([], $"{syntax.Agent} has no rule that is about this alone")
            : Try(tool, prefix, syntax, seen);
        return new PermissionRule(
            rule ?? $"{tool}({prefix}:*)",
            group.SelectMany(candidate => candidate.Sessions).Distinct().Count(),
            group.Sum(candidate => candidate.CallCount),
            [
                .. group
                    .OrderByDescending(candidate => candidate.CallCount)
                    .ThenBy(candidate => candidate.Text, StringComparer.Ordinal)
                    .Take(SeenCount)
                    .Select(candidate => SecretMasker.Mask(candidate.Text)),
            ],
            [.. letsThrough.Take(LetThroughCount)],
            SecretMasker.Mask(prefix) == prefix ? refusal : "the command holds a secret or a path of a home folder",
            syntax?.Agent ?? "unknown"
        );
    }

    // What the rule would let through beyond what was seen, and the worst of it as a reason against.
    private (List<string> LetsThrough, string? Refusal) Try(string tool, string prefix, AgentRuleSyntax syntax, AskedFor[] seen)
    {
        var dialect = ShellTool.DialectOf(tool)!.Value;
        var known = seen.Select(candidate => candidate.Text).ToHashSet(StringComparer.Ordinal);
        var derived = RuleCompletions.Of(assessor.Rules, ShellReader.Read(prefix, dialect)).Except(HostileCompletions.Words);
        var completions = known
            .Select(text => (Text: text, IsShown: false))
            .Concat(HostileCompletions.Words.Select(words => (Text: $"{prefix} {words}", IsShown: true)))
            .Concat(derived.Select(words => (Text: $"{prefix} {words}", IsShown: false)));
        var (letsThrough, refusal, worst) = (new List<string>(), (string?)null, Weight.None);
        foreach (var (completion, isShown) in completions)
        {
            var script = ShellReader.Read(completion, dialect);
            if (!syntax.Admits(script))
                continue;
            var (weight, reason) = Judge(script);
            if (weight == Weight.None && isShown && !known.Contains(completion))
                letsThrough.Add(SecretMasker.Mask(completion));
            if (weight <= worst)
                continue;
            var word = weight == Weight.Destructive ? "destructive" : "not known to be safe";
            (worst, refusal) = (weight, $"it would let through '{SecretMasker.Mask(completion)}', which is {word}: {reason}");
        }

        // Those that somebody may well mean stand last.
        letsThrough.Reverse();
        return (letsThrough, refusal);
    }

    // What is known of the very program says more to people than what holds for all; both speak against the rule.
    private (Weight Weight, string? Reason) Judge(ShellScript script)
    {
        var verdict = assessor.AssessScript(script);
        if (verdict.Level == DangerLevel.Destructive)
            return (Weight.Destructive, verdict.Reason);
        if (verdict.Level == DangerLevel.Unknown)
            return (
                verdict.RuleId?.StartsWith("unknown.", StringComparison.Ordinal) != false ? Weight.Unreadable
                : verdict.Category == "secrets" || _rulesOfAll.Contains(verdict.RuleId) ? Weight.OfAll
                : Weight.OfProgram,
                verdict.Reason
            );

        // Writing a file is safe as the file tools are, which ask for it: no rule for something else may let it through.
        return script.Segments.Any(FileOutputs.IsOfProgram) ? (Weight.OfProgram, WritesFile)
            : script.Segments.Any(DangerAssessor.WritesFile) ? (Weight.Unreadable, WritesFile)
            : (Weight.None, null);
    }

    private enum Weight
    {
        None,
        Unreadable,
        OfAll,
        OfProgram,
        Destructive,
    }

    /// <summary>
    /// The program and the words before its first option: <c>git log</c>, <c>npm run</c>; null where it is not what the text begins with.
    /// </summary>
    private static string? PrefixOf(ShellSegment segment)
    {
        if (segment.Assignments.Count > 0 || segment.Wrappers.Count > 0 || !segment.IsWellKnown)
            return null;
        var sub = ProgramCatalog.SubCommand(segment);
        var prefix = sub.Length == 0 ? segment.Program! : $"{segment.Program} {sub}";
        return Normalise(segment.Text).StartsWith(prefix, StringComparison.Ordinal) ? prefix : null;
    }

    // Blanks inside of quotes are part of a word.
    private static string Normalise(string text) =>
        text.Contains('\'', StringComparison.Ordinal) || text.Contains('"', StringComparison.Ordinal)
            ? text.Trim()
            : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
