using PatternAnalysis.Mining;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Metrics;

/// <summary>
/// Tests all patterns of a run. Patterns whose first cuts have the same longer part are tested together, and threads take such groups.
/// </summary>
internal static class FamilyTest
{
    // Below this, starting threads costs more than they save.
    private const int PatternsWorthThreads = 2000;

    /// <summary>The outcome of each of the run's patterns, by its number.</summary>
    public static SelfSufficiency.Outcome[] Run(IndexedRun run, double minimumLift, CancellationToken cancellationToken)
    {
        var outcomes = new SelfSufficiency.Outcome[run.Patterns.Count];
        var firstCuts = new Cut[outcomes.Length];
        var groups = GroupByLongerPart(run, firstCuts, outcomes, cancellationToken);
        var threads = outcomes.Length < PatternsWorthThreads ? 1 : Environment.ProcessorCount;
        var next = -1;
        void TestGroups()
        {
            var test = new SelfSufficiency(run.Options.MinimumSessions, minimumLift);
            for (int group; (group = Interlocked.Increment(ref next)) < groups.Count; )
            {
                cancellationToken.ThrowIfCancellationRequested();
                TestGroup(run, groups[group], firstCuts, test, outcomes);
            }
        }

        if (threads == 1)
            TestGroups();
        else
            Parallel.For(
                0,
                threads,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                _ => TestGroups()
            );
        return outcomes;
    }

    /// <summary>
    /// The numbers of the patterns of two or more steps; those in one group share index, sessions and length of their first cut's longer
    /// part.
    /// </summary>
    private static List<ArraySegment<int>> GroupByLongerPart(
        IndexedRun run,
        Cut[] firstCuts,
        SelfSufficiency.Outcome[] outcomes,
        CancellationToken cancellationToken
    )
    {
        var test = new SelfSufficiency(run.Options.MinimumSessions, 1);
        RecurrenceTest? recurrence = null;
        var indexes = new Dictionary<SequenceIndex, int>(ReferenceEqualityComparer.Instance);
        var keys = new List<(int Index, int Sessions, int Longer)>();
        var numbers = new List<int>();
        for (var number = 0; number < outcomes.Length; number++)
        {
            if ((number & 0xFFF) == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var (index, node) = (run.Places[number].Index, run.Places[number].Node);
            if (index[node].Length < 2)
            {
                // A single step has no cut: what shows that it is more than chance is that it recurs, for those that can be routines.
                outcomes[number] = IsRoutineStep(run.Corpus, index, node)
                    ? (recurrence ??= new RecurrenceTest(run.Corpus)).Test(run.Places[number])
                    : new SelfSufficiency.Outcome(0, index[node].OccurrenceCount, 1);
                continue;
            }

            if (!indexes.TryGetValue(index, out var place))
                indexes.Add(index, place = indexes.Count);
            var cut = firstCuts[number] = test.FirstCut(run.Places[number]);
            keys.Add((place, index[cut.LongerNode].Closure, cut.Longer));
            numbers.Add(number);
        }

        var (sortedKeys, sorted) = (keys.ToArray(), numbers.ToArray());
        CancellableSort.Sort(sortedKeys, sorted, Comparer<(int Index, int Sessions, int Longer)>.Default, cancellationToken);
        var groups = new List<ArraySegment<int>>();
        for (var (start, end) = (0, 1); end <= sorted.Length; end++)
        {
            if (end < sorted.Length && sortedKeys[end] == sortedKeys[start])
                continue;
            groups.Add(new ArraySegment<int>(sorted, start, end - start));
            start = end;
        }

        return groups;
    }

    private static bool IsRoutineStep(SequenceCorpus corpus, SequenceIndex index, int node) =>
        ReferenceEquals(corpus, index.Corpus)
        && corpus.Records is { } records
        && records.IsRoutineStep(index[node].Position, corpus.Activity(index.Steps(node)[0]));

    private static void TestGroup(
        IndexedRun run,
        ArraySegment<int> group,
        Cut[] firstCuts,
        SelfSufficiency test,
        SelfSufficiency.Outcome[] outcomes
    )
    {
        var cuts = new Cut[group.Count];
        for (var i = 0; i < cuts.Length; i++)
            cuts[i] = firstCuts[group[i]];
        var sums = new double[cuts.Length];
        CutStrata.SumOfMeans(run.Places[group[0]].Index, cuts, sums);
        for (var i = 0; i < cuts.Length; i++)
            outcomes[group[i]] = test.Test(run.Places[group[i]], cuts[i], sums[i]);
    }
}
