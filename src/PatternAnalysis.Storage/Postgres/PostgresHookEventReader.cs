using Dapper;
using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Reads <c>hook_events</c> from PostgreSQL by binary COPY, in the order in which the rows lie there. A large table is read in parts by several connections
/// that all see the same state of the database.
/// </summary>
internal sealed class PostgresHookEventReader(PostgresDatabase database, TimeZoneInfo? timeZone, int pagesPerPart = 8192) : IHookEventReader
{
    // More than a few readers only wait for the one that takes the rows.
    private static readonly int s_connections = Math.Clamp(Environment.ProcessorCount, 1, 4);

    public void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = database.OpenSnapshot();
        try
        {
            var table = HookEventTable.Describe(connection, query, database.Name);
            var parser = new CopyRowParser(sink, table.Timestamp, timeZone);
            var statements = Statements(connection, table, query);
            if (statements.Count == 1)
                CopyPart.Read(connection, statements[0], parser.Parse, cancellationToken);
            else
                new ParallelCopy(database, connection, s_connections).Read(statements, parser.Parse, cancellationToken);
        }
        catch (NpgsqlException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {HookEventTable.Name}");
        }
    }

    private List<string> Statements(NpgsqlConnection connection, HookEventTable table, EventQuery query)
    {
        var filter = HookEventFilter.Write(connection, query, table.Timestamp, timeZone is null);
        var heaps = HookEventTable.Heaps(connection);
        if (heaps.Count == 0 || (heaps.Count == 1 && heaps[0].Pages <= pagesPerPart) || !CanShare(connection))
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

    // Ranges of places are read without looking at the rest since version 14; a replica shares no snapshots.
    private static bool CanShare(NpgsqlConnection connection) =>
        s_connections > 1 && connection.PostgreSqlVersion.Major >= 14 && !connection.ExecuteScalar<bool>("SELECT pg_is_in_recovery()");
}
