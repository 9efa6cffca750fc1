using System.Runtime.ExceptionServices;
using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Runs several COPY TO STDOUT at once, on connections that share one snapshot; each connection has a thread and a sink of its own.</summary>
internal sealed class ParallelCopy(PostgresDatabase database, NpgsqlConnection snapshotOwner, Func<IHookEventSink, CopyRowParser> parserOf)
{
    /// <summary>Hands over the rows of all statements, in any order. The first failure stops all.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="sinks">What takes the rows: the first those of the snapshot's own connection, each other those of a further connection.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public void Read(IReadOnlyList<string> statements, IReadOnlyList<IHookEventSink> sinks, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var next = -1;
        Exception? failure = null;
        void Read(NpgsqlConnection connection, IHookEventSink sink)
        {
            for (int statement; (statement = Interlocked.Increment(ref next)) < statements.Count;)
                CopyPart.Read(connection, statements[statement], parserOf(sink), stop.Token);
        }

        void Guard(Action work)
        {
            try
            {
                work();
            }
            catch (Exception error)
            {
                // What the other connections run into after this is its consequence.
                Interlocked.CompareExchange(ref failure, error, null);
                stop.Cancel();
            }
        }

        Task[] others = [];
        if (statements.Count > 1 && sinks.Count > 1)
        {
            var takeSnapshot = ExportSnapshot();
            others = [.. sinks.Skip(1).Take(statements.Count - 1).Select(sink => Task.Run(() => Guard(() =>
            {
                using var connection = database.OpenSnapshot(takeSnapshot);
                Read(connection, sink);
            }), CancellationToken.None))];
        }

        Guard(() => Read(snapshotOwner, sinks[0]));
        Task.WaitAll(others, CancellationToken.None);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>The statement that gives another transaction what the owner's sees.</summary>
    private string ExportSnapshot()
    {
        using var export = new NpgsqlCommand("SELECT format('SET TRANSACTION SNAPSHOT %L', pg_export_snapshot())", snapshotOwner);
        return (string)export.ExecuteScalar()!;
    }
}
