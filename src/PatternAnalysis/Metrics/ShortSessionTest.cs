using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests again, by <see cref="ShortSessions"/>, the patterns that have beaten every cut and yet may be lost for want of places: p is twice
/// that of the short sessions, when that is less. A step that stands beside a routine by chance must not ride on it, whether before or
/// behind, so confidence never exceeds 1 - 2 p of the test by insertion.
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
                .Where(number => run.Corpus is null || IsMostlyShort(run.Patterns[number])),
        ];
        if (candidates.Length == 0)
            return;

        var longest = ShortSessions.TimesAsLong * candidates.Max(number => run.Patterns[number].Length);
        var sessions = new ShortSessions(run.ShortSequences(longest, cancellationToken), run.StepCount);
        var test = new SelfSufficiency(run.Options.MinimumSessions, minimumLift);
        foreach (var number in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = run.Patterns[number].Place;
            ref var outcome = ref outcomes[number];
            if (
                sessions.Test(place.StepNumbers.ToArray(), place.OccurrenceCount, (length, last) => place.RawCountOfEnd(length, last), test)
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
        var starts = pattern.Run.Corpus!.Starts;
        var count = 0;
        for (var sightings = pattern.Place.Read(); sightings.MoveNext(); )
        {
            if (starts[sightings.Session + 1] - starts[sightings.Session] <= ShortSessions.TimesAsLong * pattern.Length)
                count += sightings.Count;
        }

        return count * 2 >= pattern.OccurrenceCount;
    }
}
