namespace PatternAnalysis.Metrics;

/// <summary>How patterns are measured.</summary>
public sealed record MetricOptions
{
    /// <summary>What the confidence states.</summary>
    public ConfidenceModel ConfidenceModel { get; init; } = ConfidenceModel.SelfSufficiency;

    /// <summary>How many times more often than by chance a pattern must occur; at least 1.</summary>
    public double MinimumLift { get; init; } = 1;

    /// <summary>How long a step takes, in seconds.</summary>
    public double SecondsPerTool { get; init; } = 30;

    /// <summary>What an hour costs, in US dollars.</summary>
    public double HourlyRate { get; init; } = 100;

    /// <summary>Where the time of a step comes from.</summary>
    public SavingsModel SavingsModel { get; init; } = SavingsModel.Estimated;

    /// <summary>The longest pause between two steps that still counts as work, in seconds, where times are measured.</summary>
    public double IdleSeconds { get; init; } = 300;

    /// <summary>Which patterns are shown and saved.</summary>
    public ReductionOptions Reduction { get; init; } = new();
}
