using System.Buffers;
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
/// everything that begins like it.
/// </remarks>
/// <param name="assessor">Judges commands.</param>
/// <param name="minimumSessions">In how many sessions something must have been asked for; at least 1.</param>
public sealed class PermissionProposer(DangerAssessor assessor, int minimumSessions = 3)
{
    private const int SeenCount = 10;
    private const int LetThroughCount = 5;

    /// <summary>So many different commands make a prefix worth a rule of its own.</summary>
    private const int FewestVariants = 3;

    // What the rules' syntax gives a meaning of its own.
    private static readonly SearchValues<char> s_syntax = SearchValues.Create("*?()\n\r\"\\");

    /// <summary>The rules, most sessions first; refused prefixes stand among them with their reason.</summary>
    public IReadOnlyList<PermissionRule> Propose(IEnumerable<CommandUse> uses)
    {
        ArgumentNullException.ThrowIfNull(uses);
        var asked = new Dictionary<(string Tool, string Text), AskedFor>();
        foreach (var use in uses)
            Count(use, asked);

        AskedFor[] safe = [.. asked.Values.Where(candidate => candidate.IsSafe && !candidate.Text.AsSpan().ContainsAny(s_syntax))];
        var prefixes = safe.Where(candidate => candidate.Prefix is not null)
            .GroupBy(candidate => (candidate.Tool, candidate.Prefix))
            .Where(group => group.Count() >= FewestVariants)
            .Select(group => ProposePrefix(group.Key.Tool, group.Key.Prefix!, [.. group], asked.Values))
            .Where(rule => rule.Rule.SessionCount >= minimumSessions)
            .ToArray();
        var covered = prefixes.Where(prefix => prefix.Rule.IsProposed).SelectMany(prefix => prefix.Covers).ToHashSet();
        return
        [
            .. safe.Where(candidate => candidate.Sessions.Count >= minimumSessions && !covered.Contains(candidate))
                .Select(Exact)
                .Concat(prefixes.Select(prefix => prefix.Rule))
                .OrderByDescending(rule => rule.SessionCount)
                .ThenByDescending(rule => rule.CallCount)
                .ThenBy(rule => rule.Rule, StringComparer.Ordinal),
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
        foreach (var segment in script.Segments.Where(segment => segment is { Depth: 0, Program: not null }))
            Take(use.ToolName, Normalise(segment.Text), PrefixOf(segment), isSafe);

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
        var shown = candidate.Text.Length == 0 ? candidate.Tool : candidate.Text;
        return new PermissionRule(
            candidate.Text.Length == 0 ? candidate.Tool : $"{candidate.Tool}({candidate.Text})",
            candidate.Sessions.Count,
            candidate.CallCount,
            [SecretMasker.Mask(shown)],
            [],
            RefuseExact(candidate)
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

    private (PermissionRule Rule, AskedFor[] Covers) ProposePrefix(
        string tool,
        string prefix,
        AskedFor[] group,
        IEnumerable<AskedFor> asked
    )
    {
        var dialect = ShellTool.DialectOf(tool)!.Value;
        string[] completions =
        [
            .. asked
                .Where(other => other.Tool == tool && other.Text.StartsWith(prefix, StringComparison.Ordinal))
                .Select(other => other.Text),
            .. HostileCompletions.Words.Select(word => $"{prefix} {word}"),
            .. HostileCompletions.Suffixes.Select(suffix => prefix + suffix),
        ];
        var (letsThrough, refusal) = (new List<string>(), (string?)null);
        foreach (var completion in completions.Distinct())
        {
            var script = ShellReader.Read(completion, dialect);

            // The agent asks for the second part of such a command by itself.
            if (script.Segments.Count(segment => segment.Depth == 0) > 1)
                continue;
            var verdict = assessor.AssessScript(script);
            if (verdict.Level == DangerLevel.Safe)
            {
                if (group.All(candidate => candidate.Text != completion))
                    letsThrough.Add(SecretMasker.Mask(completion));
            }
            else if (
                refusal is null
                || (verdict.Level == DangerLevel.Destructive && !refusal.Contains("destructive", StringComparison.Ordinal))
            )
            {
                var level = verdict.Level == DangerLevel.Destructive ? "destructive" : "not known to be safe";
                refusal = $"it would let through '{SecretMasker.Mask(completion)}', which is {level}: {verdict.Reason}";
            }
        }

        var rule = new PermissionRule(
            $"{tool}({prefix}:*)",
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
            refusal
        );
        return (rule, group);
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

    private sealed class AskedFor(string tool, string text, string? prefix)
    {
        public string Tool { get; } = tool;

        public string Text { get; } = text;

        public string? Prefix { get; } = prefix;

        public int CallCount { get; set; }

        public HashSet<string> Sessions { get; } = [];

        public bool IsSafe { get; set; } = true;
    }
}
