using PatternAnalysis.Activities;
using PatternAnalysis.Classification;
using PatternAnalysis.Events;
using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;
using PatternAnalysis.Worth;

namespace PatternAnalysis.Analysis;

/// <summary>All that one analysis is asked for: the options of its steps.</summary>
public sealed record AnalysisOptions
{
    /// <summary>The window whose news the run reports; null for all that is read. What is read, and measured, may begin earlier.</summary>
    public TimeWindow? ReportWindow { get; init; }

    /// <summary>Which events are read.</summary>
    public EventQuery Query { get; init; } = new();

    /// <summary>How they become steps.</summary>
    public ActivityOptions Activity { get; init; } = new();

    /// <summary>Where patterns are counted.</summary>
    public AnalysisEngine Engine { get; init; }

    /// <summary>What counts as a repeated pattern.</summary>
    public MiningOptions Mining { get; init; } = new();

    /// <summary>How patterns are measured.</summary>
    public MetricOptions Metric { get; init; } = new();

    /// <summary>What turns of a model cost, and what of them can go.</summary>
    public WorthOptions Worth { get; init; } = new();

    /// <summary>The thresholds of the states.</summary>
    public ClassificationPolicy Policy { get; init; } = new();

    /// <summary>At most so many of the patterns that are too likely a coincidence are stored.</summary>
    public int CoincidenceLimit { get; init; } = 500;

    /// <summary>Whether nothing is saved; the store is then only read.</summary>
    public bool DryRun { get; init; }
}
