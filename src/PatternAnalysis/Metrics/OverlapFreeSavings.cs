using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

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
    /// <remarks>O(sum over patterns of their sessions), and of the steps of those sessions that have as many free steps side by side as the pattern is long.</remarks>
    public static decimal Total(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return 0;

        var savings = patterns[0].Family.Savings;
        var free = new FreeSteps(patterns[0].Run.Corpus);
        long units = 0;
        foreach (var pattern in patterns.OrderByDescending(pattern => pattern.EstimatedSavings).ThenBy(pattern => pattern, RepeatedPattern.ByFrequency))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var matcher = new PatternMatcher(pattern.Place.Index.Steps(pattern.Place.Node));
            for (var sightings = pattern.Place.Read(); sightings.MoveNext();)
                units += free.Take(sightings.Session, matcher, pattern.Length, savings);
        }

        return savings.Price(units);
    }

    /// <summary>The steps that no pattern has taken yet.</summary>
    private sealed class FreeSteps
    {
        private readonly SequenceCorpus _corpus;
        private readonly bool[] _taken;

        // How many free steps at most stand side by side in each session: a longer pattern needs not be looked for there.
        private readonly int[] _longest;

        public FreeSteps(SequenceCorpus corpus)
        {
            _corpus = corpus;
            _taken = new bool[corpus.StepCount];
            _longest = new int[corpus.Count];
            for (var session = 0; session < _longest.Length; session++)
                _longest[session] = corpus.Length(session);
        }

        /// <summary>Takes, from left to right, the occurrences in a session whose steps are all free, and gives their time.</summary>
        public long Take(int session, PatternMatcher matcher, int length, Savings savings)
        {
            if (_longest[session] < length)
                return 0;

            var start = _corpus.Starts[session];
            var steps = _corpus.Steps(session);
            var taken = _taken.AsSpan(start, steps.Length);
            var (units, takes) = (0L, false);
            for (int from = 0, end; (from = NextFree(taken, from)) < steps.Length; from = end)
            {
                end = taken[from..].IndexOf(true) is >= 0 and var run ? from + run : steps.Length;
                var free = from;
                if (end - from < length)
                    continue;
                foreach (var found in matcher.In(steps[from..end]))
                {
                    if (from + found < free)
                        continue;
                    taken.Slice(from + found, length).Fill(true);
                    takes = true;
                    units += savings.Units(start + from + found, length);
                    free = from + found + length;
                }
            }

            if (takes)
                _longest[session] = LongestFreeRun(taken);
            return units;
        }

        private static int NextFree(ReadOnlySpan<bool> taken, int from) =>
            taken[from..].IndexOf(false) is >= 0 and var next ? from + next : taken.Length;

        private static int LongestFreeRun(ReadOnlySpan<bool> taken)
        {
            var (longest, run) = (0, 0);
            foreach (var isTaken in taken)
            {
                run = isTaken ? 0 : run + 1;
                longest = Math.Max(longest, run);
            }

            return longest;
        }
    }
}
