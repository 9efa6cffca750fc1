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
    /// <exception cref="PatternAnalysisException">A server can't be opened.</exception>
    public static CountingShares Open(IReadOnlyList<CountingServer> servers)
    {
        var shares = new CountingShares();
        try
        {
            foreach (var server in servers)
                shares.Add(server);
            return shares;
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

    private void Add(CountingServer server)
    {
        var first = server.Database.OpenForCounting();
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
                    connections.Add(server.Database.OpenForCounting(takeSnapshot));
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

        _shares.AddRange(
            connections.Select((connection, number) => new CountingShare(connection, server.Table, number, connections.Count))
        );
    }
}
