namespace PatternAnalysis.Benchmarks;

/// <summary>A log whose routines are known.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Sessions">The steps of each session, in order.</param>
/// <param name="Routines">Each true routine as the set of its steps.</param>
internal sealed record RoutineLog(string Name, IReadOnlyList<string[]> Sessions, IReadOnlyList<IReadOnlySet<string>> Routines)
{
    /// <summary>
    /// The same log with noise: every step is, with a third of <paramref name="share"/> each, deleted, preceded by a random step of the
    /// log, or replaced by one.
    /// </summary>
    public RoutineLog WithNoise(double share, int seed)
    {
        var random = new Random(seed);
        string[] alphabet = [.. Sessions.SelectMany(session => session).Distinct().Order(StringComparer.Ordinal)];
        var noisy = new List<string[]>();
        foreach (var session in Sessions)
        {
            var steps = new List<string>();
            foreach (var step in session)
            {
                var chance = random.NextDouble() / share;
                if (chance < 1.0 / 3)
                    continue;
                if (chance < 1)
                    steps.Add(alphabet[random.Next(alphabet.Length)]);
                if (chance is < 2.0 / 3 or >= 1)
                    steps.Add(step);
            }

            noisy.Add([.. steps]);
        }

        return this with
        {
            Sessions = noisy,
        };
    }

    /// <summary>
    /// Recall and precision of a list of patterns: the mean over the routines of the best Jaccard overlap of step sets with a pattern, and
    /// the mean over the patterns of the best overlap with a routine. Both 0 for an empty list.
    /// </summary>
    public (double Recall, double Precision) Score(IEnumerable<IReadOnlyList<string>> patterns)
    {
        HashSet<string>[] sets = [.. patterns.Select(steps => new HashSet<string>(steps))];
        return sets.Length == 0
            ? (0, 0)
            : (
                Routines.Average(routine => sets.Max(set => Overlap(set, routine))),
                sets.Average(set => Routines.Max(routine => Overlap(set, routine)))
            );
    }

    private static double Overlap(HashSet<string> set, IReadOnlySet<string> routine)
    {
        var both = set.Count(routine.Contains);
        return (double)both / (set.Count + routine.Count - both);
    }
}
