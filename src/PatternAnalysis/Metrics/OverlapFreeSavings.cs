using System.Runtime.CompilerServices;
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
    /// <remarks>O(sum over patterns of their sessions), and of the steps of those sessions that have as many free steps side by side as the pattern is long; four bytes a step.</remarks>
    public static decimal Total(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        if (patterns.Count == 0)
            return 0;

        var savings = patterns[0].Family.Savings;
        var inOrder = patterns.OrderByDescending(pattern => pattern.EstimatedSavings).ThenBy(pattern => pattern, RepeatedPattern.ByFrequency);
        if (patterns[0].Run is CountedRun counted)
            return savings.Price(counted.CountCoveredSteps(inOrder.Select(pattern => pattern.Place), cancellationToken));

        var free = new FreeSteps(((IndexedRun)patterns[0].Run).Corpus);
        long units = 0;
        foreach (var pattern in inOrder)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var matcher = new PatternMatcher(pattern.Place.StepNumbers);
            for (var sightings = ((IndexedPattern)pattern.Place).Read(); sightings.MoveNext();)
                units += free.Take(sightings.Session, matcher, pattern.Length, savings);
        }

        return savings.Price(units);
    }

    /// <summary>The steps that no pattern has taken yet.</summary>
    private sealed class FreeSteps
    {
        // No activity's number, so no pattern is found over it.
        private const int Taken = -1;

        private readonly int[] _starts;
        private readonly int[] _steps;

        // How many free steps at most stand side by side in each session: a longer pattern needs not be looked for there.
        private readonly int[] _longest;

        public FreeSteps(SequenceCorpus corpus)
        {
            _starts = corpus.Starts;
            _steps = corpus.AllSteps.AsSpan().ToArray();
            _longest = new int[corpus.Count];
            for (var session = 0; session < _longest.Length; session++)
                _longest[session] = corpus.Length(session);
        }

        /// <summary>Takes, from left to right, the occurrences in a session whose steps are all free, and gives their time.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public long Take(int session, PatternMatcher matcher, int length, Savings savings)
        {
            if (_longest[session] < length)
                return 0;

            var start = _starts[session];
            var steps = _steps.AsSpan(start, _starts[session + 1] - start);
            var (units, free) = (0L, 0);
            foreach (var found in matcher.In(steps))
            {
                if (found < free)
                    continue;
                steps.Slice(found, length).Fill(Taken);
                units += savings.Units(start + found, length);
                free = found + length;
            }

            if (free > 0)
                _longest[session] = LongestFreeRun(steps);
            return units;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static int LongestFreeRun(ReadOnlySpan<int> steps)
        {
            var (longest, run) = (0, 0);
            foreach (var step in steps)
            {
                run = step == Taken ? 0 : run + 1;
                longest = Math.Max(longest, run);
            }

            return longest;
        }
    }
}
