using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Chooses the patterns of a run that are shown and saved. Most closed patterns overlap: they say the same thing a little longer or
/// shorter. No pattern is dropped for one that is less sure: confidences above 0.99, from 0.95 to 0.99 and below are told apart.
/// </summary>
internal sealed class PatternReduction
{
    private readonly MiningRun _run;
    private readonly PatternMetric[] _metrics;
    private readonly string?[] _reasons;

    private PatternReduction(MiningRun run, PatternMetric[] metrics)
    {
        _run = run;
        _metrics = metrics;
        _reasons = new string?[metrics.Length];
    }

    /// <summary>Why each pattern of a run is left out, by its number; null for those that are kept.</summary>
    public static string?[] Reduce(MiningRun run, PatternMetric[] metrics, ReductionOptions options, CancellationToken cancellationToken)
    {
        var reduction = new PatternReduction(run, metrics);

        // Whole sequences do not overlap.
        if (!run.Options.WholeSequence && run.Patterns.Count > 0)
        {
            if (options.FoldsRuns)
                reduction.FoldRuns(cancellationToken);
            if (options.DropsTandemPowers)
                reduction.DropTandemPowers(cancellationToken);
            if (options.Subsumption > 0)
                reduction.Subsume(options.Subsumption, cancellationToken);
        }

        return reduction._reasons;
    }

    private IEnumerable<int> Kept => Enumerable.Range(0, _reasons.Length).Where(number => _reasons[number] is null);

    /// <summary>Keeps of each run-folded form the surest, then the one with the most steps in all occurrences.</summary>
    private void FoldRuns(CancellationToken cancellationToken)
    {
        var best = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var number in Kept)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // A single step and a run of it were tested for different things, so neither stands for the other.
            if (_run.Patterns[number].Length == 1 && _run.Options.MinimumLength > 1)
                continue;
            var form = FoldedForm(Steps(number));
            if (!best.TryGetValue(form, out var known))
            {
                best.Add(form, number);
                continue;
            }

            var (winner, loser) = IsBetter(number, known) ? (number, known) : (known, number);
            best[form] = winner;
            _reasons[loser] = LeftOutPatterns.SameRunFoldedForm;
        }
    }

    private static string FoldedForm(ReadOnlySpan<int> steps)
    {
        var form = new char[steps.Length * 2];
        var length = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            if (i > 0 && steps[i] == steps[i - 1])
                continue;
            form[length++] = (char)(steps[i] & 0xFFFF);
            form[length++] = (char)(steps[i] >> 16);
        }

        return new string(form, 0, length);
    }

    private bool IsBetter(int number, int other)
    {
        var (a, b) = (_run.Patterns[number], _run.Patterns[other]);
        return Band(number) != Band(other) ? Band(number) < Band(other)
            : (long)a.Length * a.OccurrenceCount != (long)b.Length * b.OccurrenceCount
                ? (long)a.Length * a.OccurrenceCount > (long)b.Length * b.OccurrenceCount
            : RepeatedPattern.ByFrequency.Compare(a, b) < 0;
    }

    /// <summary>Drops what is another kept pattern two or more times over.</summary>
    private void DropTandemPowers(CancellationToken cancellationToken)
    {
        var numberOf = NumbersByNode();
        foreach (var number in Kept)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var steps = Steps(number);
            var period = PatternText.SmallestPeriod(steps);
            if (period * 2 > steps.Length || steps.Length % period != 0)
                continue;

            if (
                numberOf.TryGetValue(_run.Patterns[number].Place.PrefixNode(period), out var root)
                && (period > 1 || _run.Options.MinimumLength == 1)
                && _reasons[root] is null
                && Band(root) <= Band(number)
            )
                _reasons[number] = LeftOutPatterns.TandemPower;
        }
    }

    /// <summary>Drops what a longer kept pattern holds and nearly always stands in, longest first.</summary>
    private void Subsume(double share, CancellationToken cancellationToken)
    {
        var numberOf = NumbersByNode();
        foreach (var number in Kept.OrderByDescending(number => _run.Patterns[number].Length).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_reasons[number] is not null)
                continue;

            var whole = _run.Patterns[number].Place;
            foreach (var part in whole.Parts(_run.Patterns[number].RawCount / share))
            {
                if (part != whole.Node && numberOf.TryGetValue(part, out var held) && Band(number) <= Band(held))
                    _reasons[held] ??= LeftOutPatterns.Subsumed;
            }
        }
    }

    private Dictionary<int, int> NumbersByNode() => Kept.ToDictionary(number => _run.Patterns[number].Place.Node);

    private ReadOnlySpan<int> Steps(int number) => _run.Patterns[number].Place.StepNumbers;

    private int Band(int number) =>
        _metrics[number].QValue switch
        {
            < 0.01 => 0,
            <= 0.05 => 1,
            _ => 2,
        };
}
