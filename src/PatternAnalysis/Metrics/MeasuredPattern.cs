using PatternAnalysis.Metrics;

namespace PatternAnalysis;

/// <summary>A pattern with its confidence and its savings.</summary>
public class MeasuredPattern : RepeatedPattern
{
    internal MeasuredPattern(RepeatedPattern pattern, MetricOptions options, PatternFamily family)
        : base(pattern)
    {
        Options = options;
        Family = family;
        Metric = family[pattern];
        EstimatedSavings = family.Savings.Of(pattern);
    }

    /// <summary>Makes a measured pattern of what a copy says of it.</summary>
    internal MeasuredPattern(
        RepeatedPattern pattern,
        MetricOptions options,
        PatternFamily family,
        decimal estimatedSavings,
        PatternWorth? worth
    )
        : base(pattern)
    {
        Options = options;
        Family = family;
        Metric = family[pattern];
        EstimatedSavings = estimatedSavings;
        Worth = worth;
    }

    /// <summary>Makes a pattern that says more of the same measure.</summary>
    protected MeasuredPattern(MeasuredPattern pattern)
        : base(pattern)
    {
        Options = pattern.Options;
        Family = pattern.Family;
        Metric = pattern.Metric;
        EstimatedSavings = pattern.EstimatedSavings;
        Worth = pattern.Worth;
    }

    private MeasuredPattern(MeasuredPattern pattern, PatternWorth worth)
        : this(pattern) => Worth = worth;

    /// <summary>The confidence, in [0, 0.999999]; what it states depends on <see cref="ConfidenceModel"/>.</summary>
    public double ConfidenceScore => Metric.ConfidenceScore;

    /// <summary>What the confidence states.</summary>
    public ConfidenceModel ConfidenceModel => Options.ConfidenceModel;

    /// <summary>
    /// How many occurrences chance explains: the expectation of the cut that is hardest to beat. Of a single step, in how many sessions
    /// texts that come back by coincidence stand on average.
    /// </summary>
    public double ExpectedCount => Metric.Expected;

    /// <summary>
    /// How many times more often than by chance it occurs: <see cref="RepeatedPattern.OccurrenceCount"/> / <see cref="ExpectedCount"/>; of
    /// a single step, in how many times more sessions.
    /// </summary>
    public double Lift => (Length == 1 ? SessionCount : OccurrenceCount) / Metric.Expected;

    /// <summary>How likely chance alone gives so many occurrences, in [0, 1].</summary>
    public double PValue => Metric.PValue;

    /// <summary>The p-value corrected for the number of patterns looked at, after Benjamini and Hochberg, in [0, 1].</summary>
    public double QValue => Metric.QValue;

    /// <summary>
    /// How much more than a Poisson count the occurrences vary over the sessions; null when the test ended before it was needed.
    /// </summary>
    public double? Dispersion => double.IsNaN(Metric.Dispersion) ? null : Metric.Dispersion;

    /// <summary>How many patterns were tested together.</summary>
    public int FamilySize => Family.SizeOf(this);

    /// <summary>What automating it would save, in US dollars.</summary>
    public decimal EstimatedSavings { get; }

    /// <summary>Confidence x occurrences x savings: what decides the order of review.</summary>
    public double Impact => ConfidenceScore * OccurrenceCount * (double)EstimatedSavings;

    /// <summary>What of it could go; null before it was appraised.</summary>
    public PatternWorth? Worth { get; }

    internal MetricOptions Options { get; }

    /// <summary>The run's patterns, measured together.</summary>
    internal PatternFamily Family { get; }

    internal PatternMetric Metric { get; }

    /// <summary>The same pattern with its worth.</summary>
    internal MeasuredPattern With(PatternWorth worth) => new(this, worth);

    /// <summary>What so many occurrences save: as many times what one of this run's saves on average.</summary>
    internal decimal SavingsOf(long occurrences) =>
        Options.SavingsModel == SavingsModel.Estimated
            ? Savings.Estimate(Length, occurrences, Options)
            : decimal.Round(EstimatedSavings / OccurrenceCount * occurrences, 2);
}
