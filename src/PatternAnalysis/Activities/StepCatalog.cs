using PatternAnalysis.Masking;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Activities;

/// <summary>The distinct steps of a log and how widely each recurs: what a step is called, and what can be automated, follows from it.</summary>
internal sealed class StepCatalog
{
    private const int LongestName = 160;

    private readonly FactInterner _facts;
    private readonly RecurrenceCounter _counts;
    private readonly string?[] _names;

    public StepCatalog(FactInterner facts, RecurrenceCounter counts)
    {
        _facts = facts;
        _counts = counts;
        _names = new string?[facts.Count];
    }

    /// <summary>How many distinct facts there are.</summary>
    public int Count => _facts.Count;

    /// <summary>The facts of a number.</summary>
    public StepFacts this[int facts] => _facts[facts];

    /// <summary>Whether the exact text recurs, so that the step can run as it stands.</summary>
    public bool IsConstant(int facts) => _counts.TextRecurs(facts);

    /// <summary>Whether the form recurs.</summary>
    public bool HasRecurringForm(int facts) => _counts.FormRecurs(facts);

    /// <summary>The form of a command in words; null when it has none.</summary>
    public string? Form(int facts) => _counts.Form(facts);

    /// <summary>The name that a step goes by; null for bookkeeping, which goes by none.</summary>
    public string? Name(int facts, ActivityModel model)
    {
        var step = _facts[facts];
        if (model != ActivityModel.Adaptive)
            return step.Operation;
        return step.Hint == StepHint.Bookkeeping ? null : _names[facts] ??= AdaptiveName(facts, step);
    }

    /// <summary>Every name that a step may go by in a log with other sessions around it.</summary>
    public static IEnumerable<string> AllNames(StepFacts step)
    {
        yield return step.Operation;
        yield return step.Name;
        if (step.Template is not { } template)
            yield break;
        if (step.Exact is { } text)
            yield return Detailed(step.Tool, text);
        yield return Detailed(step.Tool, template.Resolve((_, _) => true));
        yield return Detailed(step.Tool, template.Resolve((_, _) => false));
    }

    private string AdaptiveName(int facts, StepFacts step) =>
        // A file that is read is looked at between other things; by its path the same routine would have a name for each file.
        step.Template
            is not null
        && IsConstant(facts)
            ? Detailed(step.Tool, step.Exact!)
        : HasRecurringForm(facts) ? Detailed(step.Tool, Form(facts)!)
        : step.Name == step.Operation ? step.Operation
        : Mask(step.Name);

    private static string Detailed(string tool, string detail) => Mask($"{tool}({detail})");

    // A name that is cut keeps apart what differs behind the cut.
    private static string Mask(string name)
    {
        var masked = SecretMasker.Mask(name);
        if (masked.Length <= LongestName)
            return masked;
        var hash = RepeatedPattern.IdOf(masked)[..6];
        var length = char.IsHighSurrogate(masked[LongestName - 1]) ? LongestName - 1 : LongestName;
        return $"{masked[..length]}…#{hash}{(masked[^1] == ')' ? ")" : "")}";
    }
}
