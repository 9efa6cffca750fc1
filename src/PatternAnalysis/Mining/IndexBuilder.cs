using PatternAnalysis.Sequences;

namespace PatternAnalysis.Mining;

/// <summary>
/// Builds a <see cref="SequenceIndex"/> by refinement: the occurrences of a sub-sequence, in text order, are divided by the step that
/// follows them.
/// </summary>
/// <remarks>
/// Occurrences with the same beginning lie side by side, so the counts of their extensions stand in a small array that is indexed by the
/// step itself: no hashing, and nothing that outgrows the cache. Sub-sequences that begin differently never meet, so threads divide them
/// by their first two steps. Every prefix of a sub-sequence with different left neighbours has different left neighbours too, so nothing
/// is missed by extending only those. Time: in practice a few visits a step. Runs, periods and the like have repeats of every length, each
/// in as many places as there are steps, so lengths are taken in bands: the longest ones are given up when all visits together would be
/// more than a number for each step. So the time is O(steps), and up to the length that was reached nothing is missing. Memory: 16 bytes a
/// step.
/// </remarks>
internal static class IndexBuilder
{
    // Below this, starting threads costs more than they save.
    private const int StepsWorthThreads = 100_000;

    public static SequenceIndex Build(
        SequenceCorpus corpus,
        MiningOptions options,
        CancellationToken cancellationToken,
        SearchEffort? effort = null
    )
    {
        effort ??= new SearchEffort();
        cancellationToken.ThrowIfCancellationRequested();
        var index = new SequenceIndex(corpus);
        var buffers = new Occurrence[2][] { new Occurrence[corpus.StepCount], new Occurrence[corpus.StepCount] };
        var threads = corpus.StepCount < StepsWorthThreads ? 1 : Environment.ProcessorCount;
        var workers = new SubsequenceRefiner[threads];
        for (var i = 0; i < workers.Length; i++)
            workers[i] = new SubsequenceRefiner(index, options, buffers, cancellationToken);

        var segments = workers[0].FirstLevel();
        Refine(segments, workers, length: 2, cancellationToken);
        for (var length = Math.Min(effort.FirstLength, options.MaximumLength); ; )
        {
            Refine(segments, workers, length, cancellationToken);
            if (segments.Count == 0)
                break;

            var left = effort.Of(corpus.StepCount) - workers.Sum(worker => worker.Visits);
            var width = Math.Min(length, left / segments.Sum(segment => (long)(segment.End - segment.Start)));
            if (width < 1)
            {
                index.LongestLength = length;
                break;
            }

            length = (int)Math.Min(length + width, options.MaximumLength);
        }

        Finish(segments, workers, cancellationToken);
        index.Complete();
        return index;
    }

    /// <summary>Refines segments up to a length; what has it and may go on is left in their place.</summary>
    private static void Refine(List<Segment> segments, SubsequenceRefiner[] workers, int length, CancellationToken cancellationToken)
    {
        Share(segments, workers, (worker, segment) => worker.RefineTo(segment, length), cancellationToken);
        segments.Clear();
        segments.AddRange(workers.SelectMany(worker => worker.TakeLeft()));
    }

    /// <summary>Completes segments that are not going to be extended.</summary>
    private static void Finish(List<Segment> segments, SubsequenceRefiner[] workers, CancellationToken cancellationToken) =>
        Share(segments, workers, (worker, segment) => worker.Finish(segment), cancellationToken);

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
