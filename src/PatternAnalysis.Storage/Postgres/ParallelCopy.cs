using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Runs several COPY TO STDOUT at once, on connections that share one snapshot; each connection has a thread and a sink of its own.
/// </summary>
internal sealed class ParallelCopy(PostgresDatabase database, NpgsqlConnection snapshotOwner)
{
    /// <summary>Hands over the rows of all statements, in any order. The first failure stops all.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="sinks">What takes the rows: the first those of the snapshot's own connection, each other those of a further
    /// connection.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public void Read(IReadOnlyList<CopyStatement> statements, IReadOnlyList<IHookEventSink> sinks, CancellationToken cancellationToken)
    {
        void Read(NpgsqlConnection connection, IHookEventSink sink, IEnumerable<int> parts, CancellationToken stop)
        {
            foreach (var part in parts)
                CopyPart.Read(connection, statements[part].Text, statements[part].ParserOf(sink), stop);
        }

        List<Action<IEnumerable<int>, CancellationToken>> workers = [(parts, stop) => Read(snapshotOwner, sinks[0], parts, stop)];
        if (statements.Count > 1 && sinks.Count > 1)
        {
            var takeSnapshot = ExportSnapshot();
            workers.AddRange(
                sinks
                    .Skip(1)
                    .Take(statements.Count - 1)
                    .Select(sink =>
                        (Action<IEnumerable<int>, CancellationToken>)(
                            (parts, stop) =>
                            {
                                using var connection = database.OpenSnapshot(takeSnapshot);
                                Read(connection, sink, parts, stop);
                            }
                        )
                    )
            );
        }

        PartWorkers.Run(statements.Count, workers, cancellationToken);
    }

    /// <summary>The statement that gives another transaction what the owner's sees.</summary>
    private string ExportSnapshot()
    {
        using var export = new NpgsqlCommand("SELECT format('SET TRANSACTION SNAPSHOT %L', pg_export_snapshot())", snapshotOwner);
        return (string)export.ExecuteScalar()!;
    }
}

/// <summary>A COPY TO STDOUT, and what reads its rows.</summary>
/// <param name="Text">The statement.</param>
/// <param name="ParserOf">Makes what reads its rows for a sink.</param>
internal sealed record CopyStatement(string Text, Func<IHookEventSink, CopyParser> ParserOf);
