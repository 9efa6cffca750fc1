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
    /// <summary>
    /// The run that has all occurrence-closed contiguous patterns; null when the store leaves the events to who reads them.
    /// </summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    public static MiningRun? Run(
        IPatternCounter counter,
        EventQuery query,
        ActivityOptions activity,
        MiningOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(activity);
        ArgumentNullException.ThrowIfNull(options);
        if (counter.CountEvents(query, activity, cancellationToken) is not { } events)
            return null;
        var corpus = new CountedCorpus(counter, events, new SequenceOrigin(query, activity));

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

    /// <summary>
    /// Whether counts are all that it takes. The steps themselves are needed where names and verdicts come out of payloads, where these
    /// cut sessions and join calls, where runs are folded, and where every session or every part of one would be a pattern.
    /// </summary>
    public static bool Suffices(EventQuery query, ActivityOptions activity, MiningOptions options) =>
        activity is { Model: ActivityModel.Tool, Case: CaseKind.Session, CollapseRuns: false }
        && options is { WholeSequence: false, MinimumSessions: > 1 }
        && !EventSequencer.JoinsCalls(query);
}
