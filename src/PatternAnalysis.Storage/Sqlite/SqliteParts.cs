using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;
using SQLitePCL;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>Reads one part of the events over a connection.</summary>
internal delegate void SqlitePart(SqliteConnection connection, IHookEventSink sink, CancellationToken stop);

/// <summary>Reads parts of the events, over a further connection for each further thread that the sink allows.</summary>
/// <param name="connection">The first connection.</param>
/// <param name="open">Opens a further one.</param>
/// <param name="sink">What takes the events.</param>
internal sealed class SqliteParts(SqliteConnection connection, Func<SqliteConnection> open, IHookEventSink sink)
{
    /// <summary>Reads all parts.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="connections">How many connections are worth opening.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public void Read(IReadOnlyList<SqlitePart> parts, int connections, CancellationToken cancellationToken)
    {
        void Read(SqliteConnection own, IHookEventSink to, IEnumerable<int> numbers, CancellationToken stop)
        {
            using var interrupt = stop.Register(() => raw.sqlite3_interrupt(own.Handle));
            foreach (var number in numbers)
                parts[number](own, to, stop);
        }

        List<Action<IEnumerable<int>, CancellationToken>> workers = [(numbers, stop) => Read(connection, sink, numbers, stop)];
        while (workers.Count < Math.Min(connections, parts.Count) && sink.Fork() is { } fork)
        {
            workers.Add(
                (numbers, stop) =>
                {
                    using var further = open();
                    Read(further, fork, numbers, stop);
                }
            );
        }

        PartWorkers.Run(parts.Count, workers, cancellationToken);
    }
}
