using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Reads <c>hook_events</c> from PostgreSQL by binary COPY, in the order in which the rows lie there. A large table is read in parts by
/// several connections
/// that all see the same state of the database.
/// </summary>
internal sealed class PostgresHookEventReader(
    PostgresDatabase database,
    TimeZoneInfo? timeZone,
    int? connections = null,
    int pagesPerPart = 8192
) : IHookEventReader
{
    // A connection keeps a processor of the server and one here busy; where both are one machine, more are only in each other's way.
    private readonly int _connections = connections ?? Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.OpenSnapshot();
        try
        {
            var table = HookEventTable.Describe(connection, query, database.Name);
            var sinks = Sinks(connection, sink);
            var statements = Statements(connection, table, query, inParts: sinks.Count > 1);
            new ParallelCopy(database, connection, to => new CopyRowParser(to, table.Timestamp, timeZone)).Read(
                statements,
                sinks,
                cancellationToken
            );
        }
        catch (NpgsqlException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {HookEventTable.Name}");
        }
    }

    /// <summary>One sink for each connection.</summary>
    private List<IHookEventSink> Sinks(NpgsqlConnection connection, IHookEventSink first)
    {
        var sinks = new List<IHookEventSink> { first };

        // Ranges of places are read without looking at the rest since version 14; a replica shares no snapshots.
        if (_connections == 1 || connection.PostgreSqlVersion.Major < 14 || HookEventTable.IsReplica(connection))
            return sinks;
        while (sinks.Count < _connections && first.Fork() is { } fork)
            sinks.Add(fork);
        return sinks;
    }

    private List<string> Statements(NpgsqlConnection connection, HookEventTable table, EventQuery query, bool inParts)
    {
        var filter = HookEventFilter.Write(connection, query, table.Timestamp, timeZone is null);
        var heaps = HookEventTable.Heaps(connection);
        if (!inParts || heaps.Count == 0 || (heaps.Count == 1 && heaps[0].Pages <= pagesPerPart))
            return [Statement(HookEventTable.Name, heaps.Count == 1, filter)];

        var statements = new List<string>();
        foreach (var (name, pages) in heaps)
        {
            for (long page = 0; page == 0 || page < pages; page += pagesPerPart)
            {
                // The last part has no end: pages that were added since the size was asked for hold rows of others only, but cost nothing.
                var end = page + pagesPerPart < pages ? $" AND ctid < '({page + pagesPerPart},0)'" : "";
                statements.Add(Statement(name, hasPlace: true, $"({filter}) AND ctid >= '({page},0)'{end}"));
            }
        }

        return statements;

        string Statement(string name, bool hasPlace, string condition) =>
            $"COPY (SELECT {table.Projection(query, hasPlace)} FROM {name} WHERE {condition}) TO STDOUT (FORMAT binary)";
    }
}
