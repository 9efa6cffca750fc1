using PatternAnalysis.Danger;
using PatternAnalysis.Options;

namespace PatternAnalysis.Activities;

/// <summary>How events become steps, and steps cases.</summary>
public sealed record ActivityOptions
{
    /// <summary>How much an activity's name tells.</summary>
    [Option("Activity", "How much an activity's name tells: what recurs of it, the tool and what it was used for, or the bare tool.")]
    public ActivityModel Model { get; init; } = ActivityModel.Adaptive;

    /// <summary>In how many sessions a text or a form must occur to recur; at least 1. The R of the definition of worth.</summary>
    [Option("MinRecurrence", "In how many sessions a command or its form must occur to be one that recurs.", Minimum = 1, Maximum = 1e9)]
    public int MinimumRecurrence { get; init; } = 3;

    /// <summary>Whether a run of the same activity is one step, named with a <c>+</c> behind.</summary>
    [Option("CollapseRuns", "A run of the same activity is one step, named with a + behind.")]
    public bool CollapseRuns { get; init; }

    /// <summary>Which activities are left out, by name, or null for none.</summary>
    [Option("ExcludeActivity", "Leaves out activities whose name matches one of these wildcards.")]
    public WildcardFilter? ExcludeFilter { get; init; }

    /// <summary>What one case is.</summary>
    [Option("Case", "What one case is: a session, a prompt's work, or work without a long pause.")]
    public CaseKind Case { get; init; } = CaseKind.Session;

    /// <summary>The pause that ends a case where pauses do, in minutes.</summary>
    [Option("IdleMinutes", "The pause that ends a case where pauses do, in minutes.", Minimum = 1, Maximum = 10_080)]
    public int IdleMinutes { get; init; } = 30;

    /// <summary>Files of rules on top of the built-in ones; a run reads them into <see cref="Rules"/>.</summary>
    [Option("RulePath", "Files of further rules of what is dangerous.", IsPath = true, Aliases = ["--rules"])]
    public IReadOnlyList<string> RulePath { get; init; } = [];

    /// <summary>The rules that steps are judged by.</summary>
    public DangerRuleSet Rules { get; init; } = DangerRuleSet.BuiltIn;

    /// <summary>
    /// Whether the ends of calls are read too, for <see cref="ToolSequence.Calls"/>. They lie in payloads, so bare tool names of whole
    /// sessions go without.
    /// </summary>
    public bool ReadsOutcomes { get; init; }

    /// <summary>The pause that ends a case where pauses do.</summary>
    internal TimeSpan IdleGap => TimeSpan.FromMinutes(IdleMinutes);
}
