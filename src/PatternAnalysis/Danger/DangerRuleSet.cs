using System.Security.Cryptography;
using System.Text;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Danger;

/// <summary>An immutable list of rules, ready to be asked. Safe for any number of threads.</summary>
public sealed class DangerRuleSet
{
    private const string ResourcePrefix = "PatternAnalysis.Danger.Rules.";

    private static readonly Lazy<DangerRuleSet> s_lazyBuiltIn = new(LoadBuiltIn);

    private readonly Dictionary<string, DangerRule[]> _byProgram;
    private readonly DangerRule[] _forEveryProgram;

    private DangerRuleSet(IReadOnlyList<DangerRule> rules, IReadOnlyList<DangerRule> disabled, string fingerprint)
    {
        Fingerprint = fingerprint;
        Rules = rules;
        Disabled = disabled;
        ToolRules = [.. rules.Where(rule => rule.Tool is not null).OrderByDescending(rule => rule.Level)];

        // Worst first: the first match decides.
        var commandRules = rules.Where(rule => rule.Command is not null).OrderByDescending(rule => rule.Level).ToArray();
        string[] known =
        [
            .. commandRules
                .SelectMany(rule => rule.Command!.Programs)
                .Where(program => program != "*")
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        _forEveryProgram = [.. commandRules.Where(rule => rule.Command!.Programs.Count == 0)];
        _byProgram = commandRules
            .SelectMany(
                rule => rule.Command!.IsAboutEveryKnown ? known : rule.Command.Programs.Distinct(StringComparer.OrdinalIgnoreCase),
                (rule, program) => (rule, program)
            )
            .GroupBy(pair => pair.program, pair => pair.rule, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => group.Concat(_forEveryProgram).OrderByDescending(rule => rule.Level).ToArray(),
                StringComparer.OrdinalIgnoreCase
            );
    }

    /// <summary>The rules that come with the product.</summary>
    public static DangerRuleSet BuiltIn => s_lazyBuiltIn.Value;

    /// <summary>Every rule, in the order in which they were read.</summary>
    public IReadOnlyList<DangerRule> Rules { get; }

    /// <summary>The rules that a rule file has disabled and not defined anew; what they would have said is said with the verdict.</summary>
    public IReadOnlyList<DangerRule> Disabled { get; }

    internal IReadOnlyList<DangerRule> ToolRules { get; }

    /// <summary>What tells these rules from others, in 16 digits: of the texts that they were read from, in their order.</summary>
    internal string Fingerprint { get; }

    /// <summary>These rules with those of a rule file: the ones that it disables go, the ones that it has are added.</summary>
    /// <param name="json">The file's text; its format is described in <c>docs/danger.md</c>.</param>
    /// <param name="sourceName">What messages call it, usually its path.</param>
    /// <exception cref="DangerRuleException">The text is no rule file, a rule is not valid, an id is taken or unknown.</exception>
    public DangerRuleSet With(string json, string sourceName)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(sourceName);
        var file = RuleFileReader.Read(json, sourceName, validatesPatterns: true);
        var kept = Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        foreach (var id in file.Disabled)
        {
            if (!kept.Remove(id))
                throw new DangerRuleException(sourceName, ruleId: null, "disable", $"there is no rule '{id}'");
        }

        foreach (var rule in file.Rules)
        {
            if (!kept.TryAdd(rule.Id, rule))
                throw new DangerRuleException(sourceName, rule.Id, "id", "a rule with this id exists; disable it to define it anew");
        }

        return new DangerRuleSet(
            [.. Rules.Where(rule => kept.GetValueOrDefault(rule.Id) == rule), .. file.Rules],
            [.. Disabled.Concat(Rules).Where(rule => !kept.ContainsKey(rule.Id))],
            Digest([Fingerprint, json])
        );
    }

    /// <summary>Whether the rule that gave a verdict would still give it. Where no rule spoke, none can have gone.</summary>
    internal bool IsInForce(DangerVerdict verdict) =>
        verdict.Category == DangerVerdict.UnknownCategory || Rules.Any(rule => rule.Id == verdict.RuleId && rule.Level == verdict.Level);

    /// <summary>The rules that may match a segment, the worst first.</summary>
    internal IReadOnlyList<DangerRule> For(ShellSegment segment) =>
        segment.Program is { } program
        && (_byProgram.TryGetValue(program, out var rules) || _byProgram.TryGetValue(ProgramName.WithoutVersion(program), out rules))
            ? rules
            : _forEveryProgram;

    // The product's own files are checked by its tests, so their expressions need not be built at the start.
    private static DangerRuleSet LoadBuiltIn()
    {
        var assembly = typeof(DangerRuleSet).Assembly;
        var rules = new List<DangerRule>();
        var texts = new List<string>();
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        )
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            texts.Add(reader.ReadToEnd());
            rules.AddRange(RuleFileReader.Read(texts[^1], name[ResourcePrefix.Length..], validatesPatterns: false).Rules);
        }

        return new DangerRuleSet(rules, disabled: [], Digest(texts));
    }

    private static string Digest(IEnumerable<string> texts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))).AsSpan(0, 8)).ToLowerInvariant();
}
