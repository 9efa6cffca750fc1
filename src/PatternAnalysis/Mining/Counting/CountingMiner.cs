using PatternAnalysis.Activities;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// Finds the patterns that <see cref="PatternMiner"/> finds, with a store that counts. A step longer is looked only where what is a
/// step shorter occurs often enough.
/// </summary>
internal static class CountingMiner
{
    /// <summary>The run that has all occurrence-closed contiguous patterns.</summary>
    /// <exception cref="PatternAnalysisException">Something is asked for that takes more than counting in the store.</exception>
    public static MiningRun Run(
        IPatternCounter counter,
        EventQuery query,
        ActivityOptions activity,
        MiningOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        CheckSupported(query, activity, options);
        var corpus = new CountedCorpus(
            counter,
            counter.CountEvents(query, activity, cancellationToken),
            new SequenceOrigin(query, activity)
        );

        // One length beyond the longest pattern is counted too: it tells which of the longest are closed.
        foreach (var ofLength in counter.CountSequences(options.MaximumLength + 1, options.MinimumSessions, cancellationToken))
        {
            foreach (var count in ofLength)
                corpus.Add(count);
        }

        return new CountedRun(corpus, options, ClosedPatterns(corpus, options));
    }

    private static List<CountedPattern> ClosedPatterns(CountedCorpus corpus, MiningOptions options)
    {
        // What was counted has different left neighbours; it is closed unless one extension to the right occurs just as often.
        var extended = corpus
            .Counts.Where(count =>
                count.Sequence.Length > 1 && corpus.Prefix(count.Sequence, count.Sequence.Length - 1).RawCount == count.RawCount
            )
            .Select(count => count.Sequence[..^1])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. corpus
                .Counts.Where(count =>
                    count.Sequence.Length >= options.MinimumLength
                    && count.Sequence.Length <= options.MaximumLength
                    && !extended.Contains(count.Sequence)
                )
                .Select(count => new CountedPattern(corpus, count)),
        ];
    }

    private static void CheckSupported(EventQuery query, ActivityOptions activity, MiningOptions options)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(options);
        var reason =
            activity.Model != ActivityModel.Tool ? "names of operations are read from the payloads; ask for the activity Tool"
            : activity.Case != CaseKind.Session ? "sessions are cut into cases where the steps are"
            : activity.CollapseRuns ? "runs of steps are collapsed where the steps are"
            : options.WholeSequence ? "whole sequences are compared where they are"
            : options.MinimumSessions < 2 ? "every part of every session would be a pattern; ask for at least 2 sessions"
            : null;
        if (reason is not null)
            throw new PatternAnalysisException(
                ErrorCatalogue.EngineUnsupported,
                $"The engine Database can't do this: {reason}. Or use the engine Memory."
            );
    }
}
