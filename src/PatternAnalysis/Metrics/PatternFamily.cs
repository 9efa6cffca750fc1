using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>All patterns of a run, measured together.</summary>
internal sealed class PatternFamily
{
    private const double HighestConfidence = 0.999999;

    private readonly PatternMetric[] _metrics;
    private readonly string?[] _leftOut;
    private readonly int _singleCount;

    public PatternFamily(MiningRun run, MetricOptions options, CancellationToken cancellationToken)
    {
        Run = run;
        _singleCount = run.Patterns.Count(pattern => pattern.Length == 1);
        Savings = new Savings(run, options);
        var outcomes = run is CountedRun counted
            ? CountedFamilyTest.Run(counted, options.MinimumLift, cancellationToken)
            : FamilyTest.Run((IndexedRun)run, options.MinimumLift, cancellationToken);
        ShortSessionTest.Sharpen(run, outcomes, options.MinimumLift, cancellationToken);
        var pValues = Array.ConvertAll(outcomes, outcome => Math.Exp(outcome.LogP));
        var qValues = QValues(run, pValues);
        _metrics = new PatternMetric[outcomes.Length];
        for (var i = 0; i < _metrics.Length; i++)
        {
            qValues[i] = Math.Max(qValues[i], Math.Exp(outcomes[i].LeastLogQ));
            var confidence =
                options.ConfidenceModel == ConfidenceModel.Frequency
                    ? FrequencyConfidence.Calculate(run.Patterns[i].SessionCount, run.SessionCount)
                    : Math.Min(1 - qValues[i], HighestConfidence);
            _metrics[i] = new PatternMetric(confidence, outcomes[i].Expected, pValues[i], qValues[i], outcomes[i].Dispersion);
        }

        _leftOut = PatternReduction.Reduce(run, _metrics, options.Reduction, Impact, cancellationToken);
        LeftOut = _leftOut.OfType<string>().GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count());
    }

    public MiningRun Run { get; }

    public Savings Savings { get; }

    /// <summary>How many patterns are not shown, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; }

    public PatternMetric this[RepeatedPattern pattern] => _metrics[pattern.Number];

    /// <summary>How many patterns were tested together with one: single steps by themselves.</summary>
    public int SizeOf(RepeatedPattern pattern) => pattern.Length == 1 ? _singleCount : Run.Patterns.Count - _singleCount;

    public bool Shows(RepeatedPattern pattern) => _leftOut[pattern.Number] is null;

    // Single steps are tested for something else than longer patterns: each kind is a family of its own.
    private static double[] QValues(MiningRun run, double[] pValues)
    {
        var qValues = new double[pValues.Length];
        foreach (var kind in Enumerable.Range(0, pValues.Length).GroupBy(number => run.Patterns[number].Length == 1))
        {
            int[] numbers = [.. kind];
            var ofKind = BenjaminiHochberg.QValues(Array.ConvertAll(numbers, number => pValues[number]));
            for (var i = 0; i < numbers.Length; i++)
                qValues[numbers[i]] = ofKind[i];
        }

        return qValues;
    }

    private double Impact(RepeatedPattern pattern) => this[pattern].ConfidenceScore * pattern.OccurrenceCount * (double)Savings.Of(pattern);
}
