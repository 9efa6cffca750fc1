using PatternAnalysis.Mining;

namespace PatternAnalysis.Worth;

/// <summary>
/// The order of patterns of which only the names of their steps are known: whole routines first, then what was not yet said, fragments
/// last.
/// </summary>
/// <remarks>
/// By the principle of the shortest description: the pattern comes first whose name, put where it occurs, shortens what was recorded the
/// most; then the one that shortens what is left the most. Occurrences count although some of their steps differ (<see
/// cref="CoverageMatcher"/>), so that noise does not make a hundred fragments of one routine, each more frequent than the whole.
/// docs/routine-order.md compares it with others on logs whose routines are known.
/// </remarks>
internal static class CoverageOrder
{
    // A fragment keeps a residue from executions that are too damaged to be recognised as the whole routine's.
    private const double PartShare = 0.5;

    // Steps times patterns: beyond, every so many-th session is looked at.
    private const long MostComparisons = 200_000_000;

    /// <summary>A pattern's place in the order.</summary>
    /// <param name="Pattern">The pattern.</param>
    /// <param name="PartOf">The pattern that explains most of its occurrences; null when it keeps at least half of what it gains.</param>
    public readonly record struct Place(MeasuredPattern Pattern, MeasuredPattern? PartOf);

    /// <summary>
    /// The patterns in order: wholes that are no coincidence, then what may be one, by n (L - 1), then the parts. A total order that does
    /// not depend on the order that they are given in.
    /// </summary>
    /// <param name="patterns">Patterns of one run.</param>
    /// <param name="minimumConfidence">What is less sure may be a coincidence and takes nothing from others.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>
    /// O(patterns x steps), with a small constant and up to <see cref="MostComparisons"/>; eight bytes an occurrence and four a step. Where
    /// the sequences did not come along the order is by n (L - 1), and nothing is part of another.
    /// </remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<Place> Of(
        IReadOnlyCollection<MeasuredPattern> patterns,
        double minimumConfidence,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(patterns);
        MeasuredPattern[] ordered =
        [
            .. patterns
                .OrderByDescending(pattern => (long)pattern.OccurrenceCount * (pattern.Length - 1))
                .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency),
        ];

        // A variant covers nothing that the pattern does not cover that it is a variant of.
        var sure = ordered.ToLookup(pattern => pattern.Whole is null && pattern.ConfidenceScore >= minimumConfidence);
        MeasuredPattern[] competing = [.. sure[true]];
        if (competing.Length == 0 || Sample(competing[0].Run.Main, competing.Length, cancellationToken) is not { } sample)
            return [.. ordered.Select(pattern => new Place(pattern, null))];

        var places = GreedyCover
            .Order(Occurrences(competing, sample, cancellationToken), sample.Steps.Length, PartShare, cancellationToken)
            .ToLookup(
                place => place.Whole == place.Item,
                place => new Place(competing[place.Item], place.Whole == place.Item ? null : competing[place.Whole])
            );
        return [.. places[true], .. sure[false].Select(pattern => new Place(pattern, null)), .. places[false]];
    }

    private static SampledSteps? Sample(MiningRun run, int patterns, CancellationToken cancellationToken) =>
        run.Sample((int)Math.Clamp(1 + run.StepCount * patterns / MostComparisons, 1, Math.Max(1, run.SessionCount)), cancellationToken);

    private static CoverageOccurrence[][] Occurrences(MeasuredPattern[] patterns, SampledSteps sample, CancellationToken cancellationToken)
    {
        var occurrences = new CoverageOccurrence[patterns.Length][];
        Parallel.For(
            0,
            patterns.Length,
            new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new CoverageMatcher(sample.ActivityCount),
            (number, _, matcher) =>
            {
                occurrences[number] = matcher.Find(patterns[number].Place.StepNumbers, sample.Steps, sample.Starts);
                return matcher;
            },
            _ => { }
        );
        return occurrences;
    }
}
