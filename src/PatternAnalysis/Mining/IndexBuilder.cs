using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// Builds a <see cref="SequenceIndex"/> by refinement: the occurrences of a sub-sequence, in text order, are divided by the step that
/// follows them.
/// </summary>
/// <remarks>
/// Occurrences with the same beginning lie side by side, so the counts of their extensions stand in a small array that is indexed by the
/// step itself:
/// no hashing, and nothing that outgrows the cache. Sub-sequences that begin differently never meet, so threads divide them by their first
/// two steps.
/// Every prefix of a sub-sequence with different left neighbours has different left neighbours too, so nothing is missed by extending only
/// those.
/// Time: O(steps x levels) at the worst, in practice a few visits a step. Memory: 16 bytes a step.
/// </remarks>
internal static class IndexBuilder
{
    // Below this, starting threads costs more than they save.
    private const int StepsWorthThreads = 100_000;

    public static SequenceIndex Build(SequenceCorpus corpus, MiningOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var index = new SequenceIndex(corpus);
        var buffers = new Occurrence[2][] { new Occurrence[corpus.StepCount], new Occurrence[corpus.StepCount] };
        var threads = corpus.StepCount < StepsWorthThreads ? 1 : Environment.ProcessorCount;
        var workers = new SubsequenceRefiner[threads];
        for (var i = 0; i < workers.Length; i++)
            workers[i] = new SubsequenceRefiner(index, options, buffers, cancellationToken);

        var singles = workers[0].FirstLevel();
        if (threads == 1)
        {
            workers[0].RefineAll(singles);
        }
        else
        {
            Share(singles, workers, (worker, segment) => worker.Refine(segment), cancellationToken);
            List<Segment> pairs = [.. workers.SelectMany(worker => worker.TakePending())];
            Share(pairs, workers, (worker, segment) => worker.RefineAll([segment]), cancellationToken);
        }

        index.Complete();
        return index;
    }

    /// <summary>Gives the segments to the threads, the largest first, each to whoever is free.</summary>
    private static void Share(
        List<Segment> segments,
        SubsequenceRefiner[] workers,
        Action<SubsequenceRefiner, Segment> work,
        CancellationToken cancellationToken
    )
    {
        segments.Sort((a, b) => (b.End - b.Start).CompareTo(a.End - a.Start));
        var next = -1;
        Parallel.For(
            0,
            workers.Length,
            new ParallelOptions { MaxDegreeOfParallelism = workers.Length, CancellationToken = cancellationToken },
            worker =>
            {
                for (int i; (i = Interlocked.Increment(ref next)) < segments.Count; )
                    work(workers[worker], segments[i]);
            }
        );
    }
}

/// <summary>Where a sub-sequence occurs.</summary>
internal readonly record struct Occurrence(int Position, int Session);

/// <summary>The occurrences of a node: a part of one of the two buffers.</summary>
internal readonly record struct Segment(int Node, int Start, int End, int Buffer);
