using System.Buffers;
using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Runs several COPY TO STDOUT at once, on connections that share one snapshot. The rows are taken by the calling thread alone.</summary>
internal sealed class ParallelCopy(PostgresDatabase database, NpgsqlConnection snapshotOwner, int connections)
{
    private const int BlocksAhead = 32;

    /// <summary>Hands over the rows of all statements, in any order.</summary>
    public void Read(IReadOnlyList<string> statements, CopyPart.TakeBlock take, CancellationToken cancellationToken)
    {
        var snapshot = snapshotOwner.QuerySingle<string>("SELECT pg_export_snapshot()");
        var todo = new ConcurrentQueue<string>(statements);
        using var blocks = new BlockingCollection<(byte[] Bytes, int Length)>(BlocksAhead);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var readers = Enumerable.Range(0, Math.Min(connections, statements.Count))
            .Select(_ => Task.Factory.StartNew(() => Produce(snapshot, todo, blocks, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        var all = Task.WhenAll(readers).ContinueWith(
            _ => blocks.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            foreach (var (bytes, length) in blocks.GetConsumingEnumerable(stop.Token))
            {
                take(bytes.AsSpan(0, length));
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A reader failed; its error comes below.
        }
        finally
        {
            stop.Cancel();
            all.Wait(CancellationToken.None);
        }

        var failed = readers.FirstOrDefault(reader => reader.Exception?.InnerException is not (null or OperationCanceledException));
        if (failed is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failed.Exception!.InnerException!);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Produce(string snapshot, ConcurrentQueue<string> todo, BlockingCollection<(byte[] Bytes, int Length)> blocks, CancellationTokenSource stop)
    {
        try
        {
            using var connection = database.OpenSnapshot();

            // The statement takes no parameter; the server's format() quotes its own identifier of the snapshot.
            connection.Execute(connection.QuerySingle<string>("SELECT format('ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET TRANSACTION SNAPSHOT %L', @snapshot)", new { snapshot }));
            while (todo.TryDequeue(out var statement))
            {
                CopyPart.Read(connection, statement, block =>
                {
                    var bytes = ArrayPool<byte>.Shared.Rent(block.Length);
                    block.CopyTo(bytes);
                    blocks.Add((bytes, block.Length), stop.Token);
                }, stop.Token);
            }
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }
}
