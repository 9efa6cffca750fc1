using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Measures patterns. Confidence is a statement about the whole family that the miner found, so the family is tested once, with its first pattern,
/// whichever of its patterns arrive here.
/// </summary>
public sealed class PatternMeasurer
{
    private const double HighestConfidence = 0.999999;

    private readonly MetricOptions _options;
    private MiningRun? _run;
    private PatternMetric[] _metrics = [];

    /// <summary>Makes a measurer.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public PatternMeasurer(MetricOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumLift, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.SecondsPerTool);
        ArgumentOutOfRangeException.ThrowIfNegative(options.HourlyRate);
        _options = options;
    }

    /// <summary>Measures one pattern.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public MeasuredPattern Measure(RepeatedPattern pattern, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!ReferenceEquals(pattern.Run, _run))
        {
            _metrics = TestFamily(pattern.Run, cancellationToken);
            _run = pattern.Run;
        }

        return new MeasuredPattern(pattern, _options, _metrics[pattern.Number]);
    }

    private PatternMetric[] TestFamily(MiningRun run, CancellationToken cancellationToken)
    {
        var outcomes = FamilyTest.Run(run, _options.MinimumLift, cancellationToken);
        var pValues = Array.ConvertAll(outcomes, outcome => Math.Exp(outcome.LogP));
        var qValues = BenjaminiHochberg.QValues(pValues);
        var metrics = new PatternMetric[outcomes.Length];
        for (var i = 0; i < metrics.Length; i++)
        {
            var confidence = _options.ConfidenceModel == ConfidenceModel.Frequency
                ? FrequencyConfidence.Calculate(run.Patterns[i].SessionCount, run.Corpus.Count)
                : Math.Min(1 - qValues[i], HighestConfidence);
            metrics[i] = new PatternMetric(confidence, outcomes[i].Expected, pValues[i], qValues[i], outcomes[i].Dispersion);
        }

        return metrics;
    }
}
