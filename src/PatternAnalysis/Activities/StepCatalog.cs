using System.Security.Cryptography;
using System.Text;
using PatternAnalysis.Masking;
using PatternAnalysis.Payloads;

namespace PatternAnalysis.Activities;

/// <summary>
/// The distinct steps of a log and how widely each recurs: what a step is called, and what can be automated, follows from it.
/// </summary>
internal sealed class StepCatalog
{
    private const int LongestName = 160;

    private readonly FactInterner _facts;
    private readonly RecurrenceCounter _counts;
    private readonly string?[] _names;

    private readonly ActivityModel _model;
    private readonly Lazy<Coincidence> _coincidence;

    // The names of texts and forms that recur.
    private readonly Lazy<HashSet<string>> _recurring;

    // For each tool that goes by several names, the one that most of its calls had.
    private readonly Lazy<Dictionary<string, string>> _tools;

    public StepCatalog(FactInterner facts, RecurrenceCounter counts, ActivityModel model)
    {
        _model = model;
        _facts = facts;
        _counts = counts;
        _coincidence = new Lazy<Coincidence>(counts.Coincidence);
        _names = new string?[facts.Count];
        _tools = new Lazy<Dictionary<string, string>>(FindTools);
        _recurring = new Lazy<HashSet<string>>(() =>
            [.. Enumerable.Range(0, facts.Count).Where(number => IsCommand(facts[number])).Select(RecurringName).OfType<string>()]
        );
    }

    /// <summary>How many distinct facts there are.</summary>
    public int Count => _facts.Count;

    /// <summary>The facts of a number.</summary>
    public StepFacts this[int facts] => _facts[facts];

    /// <summary>Whether the exact text recurs, so that the step can run as it stands.</summary>
    public bool IsConstant(int facts) => _counts.TextRecurs(facts);

    /// <summary>Whether the form recurs.</summary>
    public bool HasRecurringForm(int facts) => _counts.FormRecurs(facts);

    /// <summary>Whether the form leaves open which of a program's sub-commands it is.</summary>
    public bool LeavesFirstWordOpen(int facts) => _counts.LeavesFirstWordOpen(facts);

    /// <summary>The form of a command in words; null when it has none.</summary>
    public string? Form(int facts) => _counts.Form(facts);

    /// <summary>In how many sessions a text or a form must occur to recur.</summary>
    public int MinimumSessions => _counts.MinimumSessions;

    /// <summary>How widely texts, forms and subjects recur by coincidence only.</summary>
    public Coincidence Coincidence => _coincidence.Value;

    /// <summary>Whether a step can be a routine by itself: a command that recurs, under the name of what recurs of it.</summary>
    public bool IsRoutineStep(int facts, string name) =>
        _model == ActivityModel.Adaptive
        && _facts[facts] is var step
        && (
            IsCommand(step)
                ? HasSubject(step) || IsConstant(facts) || (step.Hint is StepHint.Command or StepHint.Message && HasRecurringForm(facts))
                : name == OpeningName(facts)
        );

    /// <summary>The name of a file that sessions begin by reading, where one does; null for other steps.</summary>
    public string? OpeningName(int facts) =>
        _model == ActivityModel.Adaptive && !IsCommand(_facts[facts]) && IsConstant(facts)
            ? Detailed(_facts[facts].Tool, _facts[facts].Exact!)
            : null;

    /// <summary>The name that a step goes by; null for bookkeeping, which goes by none.</summary>
    public string? Name(int facts)
    {
        var step = _facts[facts];
        if (_model != ActivityModel.Adaptive)
            return step.Operation;
        return step.Hint == StepHint.Bookkeeping ? null : _names[facts] ??= AdaptiveName(facts, step);
    }

    /// <summary>Every name that a step may go by in a log with other sessions around it.</summary>
    public static IEnumerable<string> AllNames(StepFacts step)
    {
        yield return step.Operation;
        yield return step.Name;
        yield return AmongOthers(step.Name);
        foreach (var name in DetailedNames(step))
            yield return name;
    }

    /// <summary>The names that a step may go by where its text or its form recurs.</summary>
    public static IEnumerable<string> DetailedNames(StepFacts step)
    {
        foreach (var tool in ShellTool.NamesOf(step.Tool))
        {
            if (step.Exact is { } text)
                yield return Detailed(tool, text);
            if (step.Template is not { } template)
                continue;
            yield return Detailed(tool, template.Resolve((_, _) => true));
            yield return Detailed(tool, template.Resolve((_, _) => false));
        }
    }

    private string AdaptiveName(int facts, StepFacts step)
    {
        if (RecurringName(facts) is { } recurring)
            return recurring;
        var name = step.Name == step.Operation ? step.Operation : Mask(step.Name);
        var own = OwnTool(step);
        var common = name.StartsWith(own, StringComparison.Ordinal) ? ToolOf(step) + name[own.Length..] : name;
        return IsCommand(step) && _recurring.Value.Contains(common) ? AmongOthers(common) : name;
    }

    private static string OwnTool(StepFacts step) => step.Operation.Split('(', 2)[0];

    private string? RecurringName(int facts) =>
        IsCommand(_facts[facts]) && IsConstant(facts) ? Detailed(ToolOf(_facts[facts]), _facts[facts].Exact!)
        : HasRecurringForm(facts) ? Detailed(ToolOf(_facts[facts]), Form(facts)!)
        : null;

    private string ToolOf(StepFacts step) => _tools.Value.GetValueOrDefault(step.Tool, step.Tool);

    private Dictionary<string, string> FindTools() =>
        Enumerable
            .Range(0, _facts.Count)
            .Where(number => ShellTool.CommonName(OwnTool(_facts[number])) == _facts[number].Tool)
            .GroupBy(number => (_facts[number].Tool, Own: OwnTool(_facts[number])))
            .Select(group => (group.Key.Tool, group.Key.Own, Calls: group.Sum(_counts.Calls)))
            .GroupBy(name => name.Tool)
            .ToDictionary(
                names => names.Key,
                names => names.OrderByDescending(name => name.Calls).ThenBy(name => name.Own, StringComparer.Ordinal).First().Own
            );

    // "mise run test" is what recurs; what else was run with it once is something else: "mise run test …".
    private static string AmongOthers(string name) => name.EndsWith(')') ? $"{name[..^1]} …)" : $"{name} …";

    // A skill, a slash command, a kind of sub-agent: what is automated already must be visible.
    private static bool HasSubject(StepFacts step) =>
        step is { Exact: null, Template: null } && step.Name != step.Operation && ShellTool.DialectOf(step.Tool) is null;

    // A file that is read is looked at between other things; by its path the same routine would have a name for each file.
    private static bool IsCommand(StepFacts step) => step is not { Hint: StepHint.Look, Template: null };

    private static string Detailed(string tool, string detail) => Mask($"{tool}({detail})");

    // A name that is cut keeps apart what differs behind the cut.
    private static string Mask(string name)
    {
        var masked = SecretMasker.Mask(name);
        if (masked.Length <= LongestName)
            return masked;
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(masked)).AsSpan(0, 3)).ToLowerInvariant();
        var length = char.IsHighSurrogate(masked[LongestName - 1]) ? LongestName - 1 : LongestName;
        return $"{masked[..length]}…#{hash}{(masked[^1] == ')' ? ")" : "")}";
    }
}
