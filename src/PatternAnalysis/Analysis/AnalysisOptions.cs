using PatternAnalysis.Activities;
using PatternAnalysis.Approvals;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Options;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Analysis;

/// <summary>All that one analysis is asked for: the options of its steps.</summary>
public sealed record AnalysisOptions
{
    /// <summary>The window whose news the run reports; null for all that is read. What is read, and measured, may begin earlier.</summary>
    public TimeWindow? ReportWindow { get; init; }

    /// <summary>Which events are read.</summary>
    [OptionGroup]
    public EventQuery Query { get; init; } = new();

    /// <summary>How they become steps.</summary>
    [OptionGroup]
    public ActivityOptions Activity { get; init; } = new();

    /// <summary>Where patterns are counted.</summary>
    [Option("Engine", "Where patterns are counted.")]
    public AnalysisEngine Engine { get; init; }

    /// <summary>What counts as a repeated pattern.</summary>
    [OptionGroup]
    public MiningOptions Mining { get; init; } = new();

    /// <summary>How patterns are measured.</summary>
    [OptionGroup]
    public MetricOptions Metric { get; init; } = new();

    /// <summary>What turns of a model cost, and what of them can go.</summary>
    [OptionGroup]
    public WorthOptions Worth { get; init; } = new();

    /// <summary>The thresholds of the states.</summary>
    [OptionGroup]
    public ClassificationPolicy Policy { get; init; } = new();

    /// <summary>What is saved.</summary>
    [OptionGroup]
    public SaveOptions Saving { get; init; } = new();

    /// <summary>Whether nothing is saved; the store is then only read.</summary>
    [Option("DryRun", "Analyses but saves nothing; the database is only read.")]
    public bool DryRun { get; init; }

    /// <summary>Refuses options that can't work, before anything is opened.</summary>
    /// <exception cref="PatternAnalysisException"><c>InvalidOption</c>, <c>InvalidLength</c>: they can't.</exception>
    public void Check()
    {
        OptionCatalogue.Check(this);
        Mining.Check();
    }
}
