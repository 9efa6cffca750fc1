using PatternAnalysis.Metrics;
using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// Appraises the patterns of a run together: which turns of a model each could save, in which order they save the most, and which are part
/// of another.
/// </summary>
public sealed class PatternAppraiser
{
    private readonly WorthOptions _options;
    private StepValues? _values;

    /// <summary>Makes an appraiser.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public PatternAppraiser(WorthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        _options = options;
    }

    /// <summary>Appraises patterns, and gives them in the order of what they are worth.</summary>
    /// <param name="patterns">Patterns of one run, in any order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="PatternAnalysisException"><c>MixedRuns</c>: they come from different runs of the miner.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<MeasuredPattern> Appraise(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return [];
        if (patterns.Any(pattern => !ReferenceEquals(pattern.Run.Main, patterns[0].Run.Main)))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.MixedRuns,
                "The patterns come from different calls of Find-RepeatedPattern, so their worth can't be compared. Use them call by call."
            );
        }

        MeasuredPattern[] ordered = [.. patterns.OrderBy(pattern => pattern, RepeatedPattern.ByFrequency)];
        return Shown(
            ValuesOf(ordered[0].Run.Main) is not { } values
            || new RunAppraisal(ordered, ordered[0].Run.Main, values, _options).Appraise(cancellationToken) is not { } appraised
                ? Unassessed(ordered, cancellationToken)
            : _options.Automations.Count > 0 ? new CoverageFinder(values, _options.Automations).Apply(appraised)
            : appraised
        );
    }

    /// <summary>As many as are asked for, each knowing what it was appraised with.</summary>
    private MeasuredPattern[] Shown(MeasuredPattern[] appraised)
    {
        var count = _options.Top > 0 ? Math.Min(_options.Top, appraised.Length) : appraised.Length;
        var appraisal = new Appraisal(_options, appraised.Length - count)
        {
            LeftOutIds = [.. appraised.Skip(count).Select(pattern => pattern.PatternId)],
        };
        return [.. appraised.Take(count).Select(pattern => pattern.With(pattern.Worth!.In(appraisal)))];
    }

    /// <summary>Where the time of the run that patterns come from goes without progress; nothing where it is not known what steps
    /// did.</summary>
    public RunGuidance FindGuidance(IReadOnlyList<MeasuredPattern> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Count > 0 ? FindGuidance(patterns[0].Run.Main) : RunGuidance.None;
    }

    /// <summary>The same of a run.</summary>
    internal RunGuidance FindGuidance(MiningRun run) => ValuesOf(run) is { } values ? GuidanceFinder.Find(values) : RunGuidance.None;

    /// <summary>Where the turns of a run went, by what its steps are; empty where nothing is known of them.</summary>
    internal ClassSpending[] SpentByClass(MiningRun run) => ValuesOf(run) is { } values ? SpendingMeter.ByClass(values) : [];

    /// <summary>What the steps of a run are and cost; null where nothing is known of them. Kept for the next call.</summary>
    internal StepValues? ValuesOf(MiningRun run)
    {
        if (run.Corpus is not { Records: { } records } corpus)
            return null;
        return _values?.Corpus == corpus ? _values : _values = new StepValues(corpus, records, _options);
    }

    private MeasuredPattern[] Unassessed(MeasuredPattern[] patterns, CancellationToken cancellationToken) =>
        [
            .. CoverageOrder
                .Of(patterns, _options.MinimumConfidence, cancellationToken)
                .Select(
                    (place, rank) =>
                        place.Pattern.With(
                            new PatternWorth(() => [])
                            {
                                Kind = WorthKind.NotAssessed,
                                Rank = rank + 1,
                                PartOf = place.PartOf?.PatternId,
                            }
                        )
                ),
        ];
}
