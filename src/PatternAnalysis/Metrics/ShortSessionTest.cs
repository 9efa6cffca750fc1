using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests again, by <see cref="ShortSessions"/>, the patterns that have beaten every cut and yet may be lost for want of places: p is twice that
/// of the short sessions, when that is less. A step that stands beside a routine by chance must not ride on it, whether before or behind, so
/// confidence never exceeds 1 - 2 p of the test by insertion.
/// </summary>
internal static class ShortSessionTest
{
    // Above, confidence could not reach what is taken for no coincidence.
    private const double HighestP = 0.05;

    // Below, confidence is the highest there is.
    private const double LowestQ = 1e-6;

    /// <summary>The outcomes, each replaced where the short sessions say more.</summary>
    public static void Sharpen(MiningRun run, SelfSufficiency.Outcome[] outcomes, double minimumLift, CancellationToken cancellationToken)
    {
        // Whole sequences are tested among those of their length.
        if (run.Options.WholeSequence)
            return;
        var lowestLogP = Math.Log(LowestQ / Math.Max(1, outcomes.Length));
        int[] candidates =
        [
            .. Enumerable
                .Range(0, outcomes.Length)
                .Where(number => outcomes[number].LogP > lowestLogP && outcomes[number].LogP <= Math.Log(HighestP))
                .Where(number => run.Patterns[number].Length is >= 2 and <= ShortSessions.LongestPattern)
                .Where(number => run is CountedRun || IsMostlyShort(run.Patterns[number])),
        ];
        if (candidates.Length == 0)
            return;

        var longest = ShortSessions.TimesAsLong * candidates.Max(number => run.Patterns[number].Length);
        var sessions = run is CountedRun counted ? Of(counted, longest, cancellationToken) : Of(((IndexedRun)run).Corpus, longest);
        var test = new SelfSufficiency(run.Options.MinimumSessions, minimumLift);
        foreach (var number in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = run.Patterns[number].Place;
            ref var outcome = ref outcomes[number];
            if (
                sessions.Test(place.StepNumbers.ToArray(), place.OccurrenceCount, (length, last) => RawCount(place, length, last), test)
                is not { } said
            )
                continue;
            var logP = said.LogP + Math.Log(2);
            if (logP < outcome.LogP)
                outcome = said with { LogP = logP, LeastLogQ = outcome.LogP + Math.Log(2) };
        }
    }

    private static bool IsMostlyShort(RepeatedPattern pattern)
    {
        var place = (IndexedPattern)pattern.Place;
        var starts = place.Index.Corpus.Starts;
        var count = 0;
        for (var sightings = place.Read(); sightings.MoveNext(); )
        {
            if (starts[sightings.Session + 1] - starts[sightings.Session] <= ShortSessions.TimesAsLong * pattern.Length)
                count += sightings.Count;
        }

        return count * 2 >= pattern.OccurrenceCount;
    }

    private static ShortSessions Of(SequenceCorpus corpus, int longest) =>
        new(
            Enumerable
                .Range(0, corpus.Count)
                .Where(session => corpus.Length(session) <= longest)
                .Select(session => (corpus.Steps(session).ToArray(), 1L)),
            corpus.StepCount
        );

    private static ShortSessions Of(CountedRun run, int longest, CancellationToken cancellationToken) =>
        new(
            run.Counts.Counter.CountShortSessions(longest, cancellationToken)
                .Select(text => (Array.ConvertAll(text.Steps.ToCharArray(), step => (int)step), text.Sessions)),
            run.Reading.EventCount - run.Reading.Excluded.Values.Sum()
        );

    /// <summary>How often the first or the last steps of a pattern occur.</summary>
    private static double RawCount(PatternPlace place, int length, bool last)
    {
        if (place is CountedPattern counted)
            return (last ? counted.Corpus.Suffix(counted.Sequence, length) : counted.Corpus.Prefix(counted.Sequence, length)).RawCount;
        var index = ((IndexedPattern)place).Index;
        return index[last ? index.Suffix(place.Node, length) : place.PrefixNode(length)].RawCount;
    }
}
