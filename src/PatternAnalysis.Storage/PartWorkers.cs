using System.Runtime.ExceptionServices;

namespace PatternAnalysis.Storage;

/// <summary>Reads the parts of a table by several threads, each with a connection of its own. The first failure stops all.</summary>
internal static class PartWorkers
{
    /// <summary>Runs the workers until all parts are taken; the first on the calling thread.</summary>
    /// <param name="partCount">How many parts there are.</param>
    /// <param name="workers">Each takes the numbers of parts as it gets to them, and stops at the token.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static void Run(
        int partCount,
        IReadOnlyList<Action<IEnumerable<int>, CancellationToken>> workers,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = -1;
        Exception? failure = null;
        IEnumerable<int> Parts()
        {
            for (int part; (part = Interlocked.Increment(ref next)) < partCount; )
                yield return part;
        }

        void Guard(Action<IEnumerable<int>, CancellationToken> worker)
        {
            try
            {
                worker(Parts(), stop.Token);
            }
            catch (Exception error)
            {
                // The first error is the cause; the other threads fail because of it.
                Interlocked.CompareExchange(ref failure, error, null);
                stop.Cancel();
            }
        }

        Task[] others = [.. workers.Skip(1).Select(worker => Task.Run(() => Guard(worker), CancellationToken.None))];
        Guard(workers[0]);
        Task.WaitAll(others, CancellationToken.None);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }
}
