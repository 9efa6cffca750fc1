using PatternAnalysis.Mining;

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
            var matcher = new PatternMatcher(wanted);
            foreach (var sighting in pattern.Place.Sightings)
            {
                var places = taken.AsSpan(corpus.Starts[sighting.Session], corpus.Length(sighting.Session));
                steps += Take(matcher.In(corpus.Steps(sighting.Session)), places, wanted.Length);
            }
        }

        return Savings.Estimate(steps, 1, patterns[0].Options);
    }

    /// <summary>Takes, from left to right, the occurrences whose steps are all free.</summary>
    private static int Take(PatternMatcher.Occurrences occurrences, Span<bool> taken, int length)
    {
        var (count, looked, lastTaken) = (0, 0, -1);
        foreach (var start in occurrences)
        {
            for (looked = Math.Max(looked, start); looked < start + length; looked++)
            {
                if (taken[looked])
                    lastTaken = looked;
            }

            if (lastTaken >= start)
                continue;

            taken.Slice(start, length).Fill(true);
            lastTaken = start + length - 1;
            count += length;
        }

        return count;
    }
}
