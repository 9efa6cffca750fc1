using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>All patterns of a run, measured together.</summary>
internal sealed class PatternFamily
{
    private const double HighestConfidence = 0.999999;

    private readonly PatternMetric[] _metrics;
    private readonly string?[] _leftOut;
    private readonly int _singleFamily;
    private readonly int _longerCount;

    private readonly MetricOptions _options;

    public PatternFamily(MiningRun run, MetricOptions options, CancellationToken cancellationToken)
    {
        Run = run;
        _options = options;
        var singleCount = run.Patterns.Count(pattern => pattern.Length == 1);
        _longerCount = run.Patterns.Count - singleCount;
        _singleFamily = singleCount == 0 ? 0 : Math.Max(singleCount, run.Corpus?.Records?.Catalog.Coincidence.Count ?? 0);
        Savings = new Savings(run, options);
        if (run is CopiedRun copied)
        {
            (_metrics, _leftOut, LeftOut) = ([], [], copied.LeftOut);
            return;
        }

        var outcomes = run.Accept(new Tester(options.MinimumLift, cancellationToken));
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

        _leftOut = PatternReduction.Reduce(run, _metrics, options.Reduction, cancellationToken);
        LeftOut = _leftOut.OfType<string>().GroupBy(reason => reason).ToDictionary(group => group.Key, group => group.Count());
    }

    public MiningRun Run { get; }

    public Savings Savings { get; }

    /// <summary>How many patterns are not shown, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; }

    /// <exception cref="PatternAnalysisException"><c>SequencesNeeded</c>: a copy was measured otherwise than it is asked for.</exception>
    public PatternMetric this[RepeatedPattern pattern] => pattern.Place is CopiedPattern copy ? MetricOf(copy) : _metrics[pattern.Number];

    /// <summary>How many were tested together with a pattern: single steps with all texts and forms of the log.</summary>
    public int SizeOf(RepeatedPattern pattern) =>
        pattern.Place is CopiedPattern copy ? copy.Metric?.FamilySize ?? 1 : FamilySize(pattern.Length == 1);

    private int FamilySize(bool isSingle) => isSingle ? _singleFamily : _longerCount;

    public bool Shows(RepeatedPattern pattern) => LeftOutBecause(pattern) is null;

    /// <summary>Why a pattern is not shown; null when it is.</summary>
    public string? LeftOutBecause(RepeatedPattern pattern) =>
        pattern.Place is not CopiedPattern copy ? _leftOut[pattern.Number]
        : _options.Reduction.AllPatterns ? null
        : _options.Reduction == new ReductionOptions() ? copy.Metric?.LeftOutBecause
        : throw new PatternAnalysisException(
            ErrorCatalogue.SequencesNeeded,
            "The patterns are copies, and which of them say the same as others was decided before they were copied. "
                + "Ask for -AllPatterns, or choose where the sequences are: pipe Get-ToolSequence to Find-RepeatedPattern in this session."
        );

    // What the sequences alone tell can't be made up for: a pattern that was not measured counts as chance.
    private PatternMetric MetricOf(CopiedPattern copy)
    {
        if (copy.Metric is { } known && known.MinimumLift != _options.MinimumLift)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.SequencesNeeded,
                $"The patterns are copies that were measured with a lift of {known.MinimumLift}. "
                    + "Another one needs the sequences: pipe Get-ToolSequence to Find-RepeatedPattern in this session."
            );
        }

        var metric = copy.Metric?.Metric ?? new PatternMetric(0, copy.OccurrenceCount, 1, 1, double.NaN);
        return _options.ConfidenceModel == ConfidenceModel.Frequency
            ? metric with
            {
                ConfidenceScore = FrequencyConfidence.Calculate(copy.SessionCount, Math.Max(Run.SessionCount, 1)),
            }
            : metric with
            {
                ConfidenceScore = Math.Min(1 - metric.QValue, HighestConfidence),
            };
    }

    // Single steps are tested for something else than longer patterns: each kind is a family of its own.
    private double[] QValues(MiningRun run, double[] pValues)
    {
        var qValues = new double[pValues.Length];
        foreach (var kind in Enumerable.Range(0, pValues.Length).GroupBy(number => run.Patterns[number].Length == 1))
        {
            int[] numbers = [.. kind];
            var ofKind = BenjaminiHochberg.QValues(Array.ConvertAll(numbers, number => pValues[number]), FamilySize(kind.Key));
            for (var i = 0; i < numbers.Length; i++)
                qValues[numbers[i]] = ofKind[i];
        }

        return qValues;
    }

    private sealed record Tester(double MinimumLift, CancellationToken CancellationToken) : IMiningRunVisitor<SelfSufficiency.Outcome[]>
    {
        public SelfSufficiency.Outcome[] Visit(IndexedRun run) => FamilyTest.Run(run, MinimumLift, CancellationToken);

        public SelfSufficiency.Outcome[] Visit(CountedRun run) => CountedFamilyTest.Run(run, MinimumLift, CancellationToken);
    }
}
