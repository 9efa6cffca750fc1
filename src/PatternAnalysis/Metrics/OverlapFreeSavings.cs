namespace PatternAnalysis.Metrics;

/// <summary>
/// What automating several patterns of a run together would save: patterns share steps, and a step can be saved only once.
/// The most valuable pattern takes its occurrences first; so the total never exceeds the time of the steps themselves.
/// </summary>
public static class OverlapFreeSavings
{
    /// <summary>The savings of all patterns together, in US dollars.</summary>
    /// <param name="patterns">Patterns of one run, in any order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>O(sum over patterns of the steps of their sessions).</remarks>
    public static decimal Total(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return 0;

        var corpus = patterns[0].Run.Corpus;
        var taken = new bool[corpus.StepCount];
        long steps = 0;
        foreach (var pattern in patterns.OrderByDescending(pattern => pattern.EstimatedSavings).ThenBy(pattern => pattern, RepeatedPattern.ByFrequency))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = pattern.Place.Index.Steps(pattern.Place.Node);
            foreach (var sighting in pattern.Place.Sightings)
                steps += Take(corpus.Steps(sighting.Session), taken.AsSpan(corpus.Starts[sighting.Session], corpus.Length(sighting.Session)), wanted);
        }

        return Savings.Estimate(steps, 1, patterns[0].Options);
    }

    private static int Take(ReadOnlySpan<int> steps, Span<bool> taken, ReadOnlySpan<int> wanted)
    {
        var count = 0;
        for (var at = 0; steps[at..].IndexOf(wanted) is >= 0 and var found;)
        {
            var place = taken.Slice(at + found, wanted.Length);
            if (place.Contains(true))
            {
                at += found + 1;
                continue;
            }

            place.Fill(true);
            count += wanted.Length;
            at += found + wanted.Length;
        }

        return count;
    }
}
