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
}
