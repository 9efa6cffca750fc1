using PatternAnalysis.Mining;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests all patterns of a run whose events stay in their store, in two questions to it: the first cut of every pattern, which ends most of the tests, and all
/// other cuts of the patterns that beat their first.
/// </summary>
internal static class CountedFamilyTest
{
    /// <summary>The outcome of each of the run's patterns, by its number.</summary>
    public static SelfSufficiency.Outcome[] Run(CountedRun run, double minimumLift, CancellationToken cancellationToken)
    {
        var test = new SelfSufficiency(run.Options.MinimumSessions, minimumLift);
        var places = run.Patterns.Select(pattern => (CountedPattern)pattern.Place).ToArray();
        var outcomes = places.Select(place => new SelfSufficiency.Outcome(0, place.OccurrenceCount, 1)).ToArray();
        double steps = run.Corpus.Counts.Where(count => count.Sequence.Length == 1).Sum(count => (double)count.RawCount);

        int[] tested = [.. Enumerable.Range(0, places.Length).Where(number => places[number].Length > 1)];
        var first = Array.ConvertAll(tested, number => MostPromising(places[number], steps));
        var sums = run.Corpus.Counter.SumCuts([.. tested.Select((number, i) => CutOf(places[number].Sequence, first[i]))], cancellationToken);
        for (var i = 0; i < tested.Length; i++)
            outcomes[tested[i]] = Judge(test, places[tested[i]], sums[i]);

        (int Pattern, int Cut)[] rest =
        [
            .. tested.SelectMany((number, i) => outcomes[number].LogP >= 0 ? []
                : Enumerable.Range(0, CutCount(places[number])).Where(cut => cut != first[i]).Select(cut => (number, cut))),
        ];
        sums = run.Corpus.Counter.SumCuts([.. rest.Select(cut => CutOf(places[cut.Pattern].Sequence, cut.Cut))], cancellationToken);
        for (var i = 0; i < rest.Length; i++)
        {
            ref var worst = ref outcomes[rest[i].Pattern];
            if (worst.LogP >= 0)
                continue;
            var outcome = Judge(test, places[rest[i].Pattern], sums[i]);
            if (outcome.LogP > worst.LogP)
                worst = outcome;
        }

        return outcomes;
    }

    private static int[] Numbers(string sequence) => [.. sequence.Select(step => (int)step)];

    private static int CutCount(CountedPattern pattern) => pattern.Length / 2 * 2;

    private static CountedCut CutOf(string pattern, int number)
    {
        var shorter = number / 2 + 1;
        var (longer, rest) = number % 2 == 0 ? (pattern[..^shorter], pattern[^shorter..]) : (pattern[shorter..], pattern[..shorter]);
        return new CountedCut(pattern, longer, rest, PatternText.Count(Numbers(longer), Numbers(rest)));
    }

    /// <summary>The cut that <see cref="SelfSufficiency.FirstCut"/> chooses, from the same counts.</summary>
    private static int MostPromising(CountedPattern pattern, double steps)
    {
        var (cheapest, fewest) = (-1, int.MaxValue);
        var (hardest, highest) = (0, -1.0);
        for (var number = 0; number < CutCount(pattern); number++)
        {
            var shorter = number / 2 + 1;
            var longer = pattern.Length - shorter;
            var (x, y) = number % 2 == 0
                ? (pattern.Corpus.Prefix(pattern.Sequence, longer), pattern.Corpus.Suffix(pattern.Sequence, shorter))
                : (pattern.Corpus.Suffix(pattern.Sequence, longer), pattern.Corpus.Prefix(pattern.Sequence, shorter));
            var expected = x.RawCount * (y.RawCount / steps);
            if (expected > highest)
                (hardest, highest) = (number, expected);
            if (expected >= pattern.RawCount && x.SessionCount < fewest)
                (cheapest, fewest) = (number, x.SessionCount);
        }

        return cheapest >= 0 ? cheapest : hardest;
    }

    private static SelfSufficiency.Outcome Judge(SelfSufficiency test, CountedPattern pattern, CutSums sums)
    {
        double occurrences = pattern.OccurrenceCount;
        return test.Judge(occurrences, pattern.RawCount, sums.Expected, () =>
        {
            // The sum of (T_s - share E_s)^2, multiplied out.
            var share = occurrences / sums.Expected;
            var distance = sums.SquaredCount - 2 * share * sums.CountTimesExpected + share * share * sums.SquaredExpected;
            return SelfSufficiency.Dispersion(pattern.StepNumbers, occurrences, sums.Expected, sums.Variance, distance);
        });
    }
}
