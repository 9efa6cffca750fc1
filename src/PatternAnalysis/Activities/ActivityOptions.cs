using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Activities;

/// <summary>How events become steps, and steps cases.</summary>
public sealed record ActivityOptions
{
    /// <summary>How much an activity's name tells.</summary>
    public ActivityModel Model { get; init; } = ActivityModel.Operation;

    /// <summary>In how many sessions a text or a form must occur to recur; at least 1. The R of the definition of worth.</summary>
    public int MinimumRecurrence { get; init; } = 3;

    /// <summary>Whether a run of the same activity is one step, named with a <c>+</c> behind.</summary>
    public bool CollapseRuns { get; init; }

    /// <summary>Which activities are left out, by name, or null for none.</summary>
    public Func<string, bool>? ExcludeFilter { get; init; }

    /// <summary>The rules that steps are judged by.</summary>
    public DangerRuleSet Rules { get; init; } = DangerRuleSet.BuiltIn;

    /// <summary>
    /// Whether the ends of calls are read too, for <see cref="ToolSequence.Calls"/>. They lie in payloads, so bare tool names of whole
    /// sessions go without.
    /// </summary>
    public bool ReadsOutcomes { get; init; }

    /// <summary>What one case is.</summary>
    public CaseKind Case { get; init; } = CaseKind.Session;

    /// <summary>The pause that ends a case, where pauses do.</summary>
    public TimeSpan IdleGap { get; init; } = TimeSpan.FromMinutes(30);
}
