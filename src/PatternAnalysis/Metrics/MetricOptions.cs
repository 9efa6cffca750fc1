using PatternAnalysis.Options;

namespace PatternAnalysis.Metrics;

/// <summary>How patterns are measured.</summary>
public sealed record MetricOptions
{
    /// <summary>What the confidence states.</summary>
    [Option("ConfidenceModel", "What the confidence states.")]
    public ConfidenceModel ConfidenceModel { get; init; } = ConfidenceModel.SelfSufficiency;

    /// <summary>How many times more often than by chance a pattern must occur; at least 1.</summary>
    [Option("MinLift", "How many times more often than by chance a pattern must occur.", Minimum = 1, Maximum = 1e9)]
    public double MinimumLift { get; init; } = 1;

    /// <summary>How long a step takes, in seconds.</summary>
    [Option("SecondsPerTool", "How long a step takes by hand, in seconds.", Minimum = 0, Maximum = 1e9)]
    public double SecondsPerTool { get; init; } = 30;

    /// <summary>What an hour costs, in US dollars.</summary>
    [Option("HourlyRate", "What an hour costs, in US dollars.", Minimum = 0, Maximum = 1e9)]
    public double HourlyRate { get; init; } = 100;

    /// <summary>Where the time of a step comes from.</summary>
    [Option("SavingsModel", "Where the time of a step comes from.")]
    public SavingsModel SavingsModel { get; init; } = SavingsModel.Estimated;

    /// <summary>The longest pause between two steps that still counts as work, in seconds, where times are measured.</summary>
    [Option(
        "IdleSeconds",
        "The longest pause between two steps that still counts as work, in seconds, where times are measured.",
        Minimum = 0,
        Maximum = 1e9
    )]
    public double IdleSeconds { get; init; } = 300;

    /// <summary>Which patterns are shown and saved.</summary>
    [OptionGroup]
    public ReductionOptions Reduction { get; init; } = new();
}
