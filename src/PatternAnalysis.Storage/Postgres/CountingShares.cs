using System.Runtime.ExceptionServices;
using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// The connections that count, all at once: on one server as many as it lets one query have processes, which see one state of it; on
/// several servers behind a coordinator as many on each, which the coordinator's catalog names. What a share answers is added up here.
/// </summary>
internal sealed class CountingShares : IDisposable
{
    private const int MostOnOneServer = 4;

    private readonly List<CountingShare> _shares = [];

    /// <summary>How many there are.</summary>
    public int Count => _shares.Count;

    /// <summary>Opens them.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be opened.</exception>
    public static CountingShares Open(PostgresDatabase database)
    {
        var shares = new CountingShares();
        try
        {
            var coordinator = database.OpenForCounting();
            if (!shares.AddNodes(coordinator))
                shares.AddServer(database, coordinator);
            return shares;
        }
        catch (PatternAnalysisException error)
            when (error.InnerException is PostgresException { SqlState: PostgresErrorCodes.FeatureNotSupported })
        {
            throw CountingShare.Unsupported("it counts in temporary tables, which a replica has none of");
        }
        catch
        {
            shares.Dispose();
            throw;
        }
    }

    /// <summary>Asks all at once, and gives their answers in their order. The first failure is everybody's.</summary>
    public T[] Ask<T>(Func<CountingShare, T> ask) => Ask((share, _) => ask(share));

    /// <summary>The same, where the question depends on the share's number.</summary>
    public T[] Ask<T>(Func<CountingShare, int, T> ask)
    {
        Task<T>[] tasks = [.. _shares.Select((share, number) => Task.Run(() => ask(share, number)))];
        var all = Task.WhenAll(tasks);
        try
        {
            return all.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (tasks.FirstOrDefault(task => task.IsFaulted)?.Exception is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var share in _shares)
            share.Dispose();
    }

    /// <summary>Adds the nodes behind a coordinator. False when it is none, or they can't all be reached from here.</summary>
    private bool AddNodes(NpgsqlConnection coordinator)
    {
        if (CountingNode.Find(coordinator) is not { Count: > 0 } nodes)
            return false;

        try
        {
            foreach (var node in nodes)
                AddServer(node, node.OpenForCounting());
        }
        catch (PatternAnalysisException)
        {
            Dispose();
            _shares.Clear();
            return false;
        }

        coordinator.Dispose();
        return true;
    }

    private void AddServer(PostgresDatabase database, NpgsqlConnection first)
    {
        var connections = new List<NpgsqlConnection> { first };
        try
        {
            using var command = new NpgsqlCommand("SELECT current_setting('max_parallel_workers_per_gather')::int", first);
            var wanted = Math.Clamp((int)command.ExecuteScalar()!, 1, MostOnOneServer);
            if (wanted > 1)
            {
                command.CommandText = "SELECT format('SET TRANSACTION SNAPSHOT %L', pg_export_snapshot())";
                var takeSnapshot = (string)command.ExecuteScalar()!;
                while (connections.Count < wanted)
                    connections.Add(database.OpenForCounting(takeSnapshot));
            }
        }
        catch (PatternAnalysisException) when (connections.Count > 0)
        {
            // The server has no connection to spare: fewer do all.
        }
        catch
        {
            connections.ForEach(connection => connection.Dispose());
            throw;
        }

        _shares.AddRange(connections.Select((connection, number) => new CountingShare(connection, number, connections.Count)));
    }
}
