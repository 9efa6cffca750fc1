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
    // Below this, starting threads costs more than they save.
    private const int StepsWorthThreads = 200_000;

    /// <summary>The savings of all patterns together, in US dollars.</summary>
    /// <param name="patterns">Patterns of one run, in any order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <remarks>O(sum over patterns of their sessions), and of the steps of those sessions that have as many free steps as the pattern is
    /// long; four bytes a step.</remarks>
    public static decimal Total(IReadOnlyList<MeasuredPattern> patterns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(patterns);

        // All that a variant's occurrences save the pattern's save that it is a variant of.
        var wholes = patterns.Where(pattern => pattern.Whole is null).Select(pattern => pattern.PatternId).ToHashSet();
        patterns = [.. patterns.Where(pattern => pattern.Whole is null || !wholes.Contains(pattern.Whole.PatternId))];
        if (patterns.Count == 0)
            return 0;

        var savings = patterns[0].Family.Savings;
        var inOrder = patterns
            .OrderByDescending(pattern => pattern.EstimatedSavings)
            .ThenBy(pattern => pattern, RepeatedPattern.ByFrequency);
        if (patterns[0].Run.CountCoveredSteps(inOrder.Select(pattern => pattern.Place), cancellationToken) is { } covered)
            return savings.Price(covered);

        if (patterns[0].Run is CopiedRun)
            return CopiedOverlap.Total([.. inOrder], savings);

        // Sessions have nothing to do with each other, so each thread takes its share of them, pattern after pattern.
        MeasuredPattern[] ordered = [.. inOrder];
        var corpus = patterns[0].Run.Main.Corpus!;
        var free = new FreeSteps(corpus, patterns.FirstOrDefault(pattern => pattern.Whole is not null)?.Run.Corpus);
        var threads = corpus.StepCount < StepsWorthThreads ? 1 : Environment.ProcessorCount;
        long units = 0;
        void TakeAll(int thread)
        {
            long share = 0;
            var (from, to) = ((long)corpus.Count * thread / threads, (long)corpus.Count * (thread + 1) / threads);
            foreach (var pattern in ordered)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var matcher = new PatternMatcher(pattern.Place.StepNumbers);
                var isVariant = pattern.Whole is not null;
                for (var sightings = pattern.Place.Read(); sightings.MoveNext(); )
                {
                    if (sightings.Session >= from && sightings.Session < to)
                        share += free.Take(sightings.Session, matcher, pattern.Length, isVariant, savings);
                }
            }

            Interlocked.Add(ref units, share);
        }

        if (threads == 1)
            TakeAll(0);
        else
            Parallel.For(
                0,
                threads,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                TakeAll
            );
        return savings.Price(units);
    }

    /// <summary>The steps that no pattern has taken yet.</summary>
    private sealed class FreeSteps
    {
        // Marks a step as taken. It is the number of no activity, so no pattern matches across it.
        private const int Taken = -1;

        private readonly int[] _starts;
        private readonly int[] _steps;

        // The same steps as variants name them, their destructive ones apart; null without variants.
        private readonly int[]? _stepsOfVariants;

        // How many free steps each session has: a longer pattern needs not be looked for there.
        private readonly int[] _left;

        public FreeSteps(SequenceCorpus corpus, SequenceCorpus? variants)
        {
            _starts = corpus.Starts;
            _steps = corpus.AllSteps.AsSpan().ToArray();
            _stepsOfVariants = variants?.AllSteps.AsSpan().ToArray();
            _left = [.. Enumerable.Range(0, corpus.Count).Select(corpus.Length)];
        }

        /// <summary>Takes, from left to right, the occurrences in a session whose steps are all free, and gives their time.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public long Take(int session, PatternMatcher matcher, int length, bool isVariant, Savings savings)
        {
            if (_left[session] < length)
                return 0;

            var start = _starts[session];
            var steps = (isVariant ? _stepsOfVariants! : _steps).AsSpan(start, _starts[session + 1] - start);
            var (units, free) = (0L, 0);
            foreach (var found in matcher.In(steps))
            {
                if (found < free)
                    continue;
                _steps.AsSpan(start + found, length).Fill(Taken);
                _stepsOfVariants?.AsSpan(start + found, length).Fill(Taken);
                _left[session] -= length;
                units += savings.Units(start + found, length);
                free = found + length;
            }

            return units;
        }
    }
}
