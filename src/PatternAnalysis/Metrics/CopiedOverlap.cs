namespace PatternAnalysis.Metrics;

/// <summary>What copies of patterns would save together, a step counted for one of them only.</summary>
internal static class CopiedOverlap
{
    /// <summary>
    /// The total, in US dollars. Where it did not come along where a pattern stands, that of the one that saves the most: it may hold all
    /// steps of the others.
    /// </summary>
    /// <param name="inOrder">The patterns, the most valuable first.</param>
    /// <param name="savings">Prices steps.</param>
    public static decimal Total(IReadOnlyList<MeasuredPattern> inOrder, Savings savings)
    {
        if (inOrder.Any(pattern => Sightings(pattern).Any(sighting => sighting.Starts.Count == 0) || Sightings(pattern).Count == 0))
            return inOrder[0].EstimatedSavings;

        var taken = new Dictionary<int, HashSet<int>>();
        var (steps, measured) = (0L, 0m);
        foreach (var pattern in inOrder)
        {
            var occurrences = Sightings(pattern).Sum(sighting => Take(taken, sighting, pattern.Length));
            steps += (long)occurrences * pattern.Length;
            measured += pattern.SavingsOf(occurrences);
        }

        return inOrder[0].Options.SavingsModel == SavingsModel.Estimated ? savings.Price(steps) : measured;
    }

    private static IReadOnlyList<CopiedSighting> Sightings(MeasuredPattern pattern) => ((CopiedPattern)pattern.Place).Sightings;

    private static int Take(Dictionary<int, HashSet<int>> taken, CopiedSighting sighting, int length)
    {
        if (!taken.TryGetValue(sighting.Sequence, out var steps))
            taken.Add(sighting.Sequence, steps = []);
        var count = 0;
        foreach (var start in sighting.Starts)
        {
            if (Enumerable.Range(start, length).Any(steps.Contains))
                continue;
            steps.UnionWith(Enumerable.Range(start, length));
            count++;
        }

        return count;
    }
}
