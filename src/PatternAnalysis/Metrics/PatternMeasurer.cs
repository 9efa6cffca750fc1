using System.Collections.Concurrent;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Measures patterns. Confidence is a statement about the whole family that the miner found, so the family is tested once, with its first pattern,
/// whichever of its patterns arrive here.
/// </summary>
public sealed class PatternMeasurer
{
    private const double HighestConfidence = 0.999999;

    // Below this, starting threads costs more than they save.
    private const int PatternsWorthThreads = 2000;
    private const int PatternsAtATime = 64;

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
        var outcomes = new SelfSufficiency.Outcome[run.Patterns.Count];
        void Test(SelfSufficiency test, int number)
        {
            cancellationToken.ThrowIfCancellationRequested();
            outcomes[number] = test.Test(run.Patterns[number].Place);
        }

        SelfSufficiency NewTest() => new(run.Options.MinimumSessions, _options.MinimumLift);
        if (outcomes.Length < PatternsWorthThreads)
        {
            var test = NewTest();
            for (var number = 0; number < outcomes.Length; number++)
                Test(test, number);
        }
        else
        {
            Parallel.ForEach(
                Partitioner.Create(0, outcomes.Length, PatternsAtATime),
                new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
                NewTest,
                (range, _, test) =>
                {
                    for (var number = range.Item1; number < range.Item2; number++)
                        Test(test, number);
                    return test;
                },
                _ => { });
        }

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
