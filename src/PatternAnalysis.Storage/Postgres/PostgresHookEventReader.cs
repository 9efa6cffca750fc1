using System.Globalization;
using Npgsql;
using PatternAnalysis.Events;
using PatternAnalysis.Sequences;
using PatternAnalysis.Storage.Steps;

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
    private const long ManyEvents = 200_000;

    private readonly PostgresNumberedEvents _numbered = new(database, timeZone);
    private readonly PostgresStepTable _steps = new(database);

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
            var statements =
                Derived(connection, table, query, sink, inParts: sinks.Count > 1)
                ?? Statements(connection, table, query, inParts: sinks.Count > 1);
            var copy = new ParallelCopy(database, connection);
            try
            {
                copy.Read(statements, sinks, cancellationToken);
            }
            catch (StepsChangedException)
            {
                // Not whole: whoever looks after the tables says so. The connection was closed in the middle of its COPY.
                sink.Restart();
                ReadEvents(query, sink, cancellationToken);
            }
        }
        catch (NpgsqlException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw database.Translate(error, $"reading {HookEventTable.Name}");
        }
    }

    private void ReadEvents(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken)
    {
        using var connection = database.OpenSnapshot();
        var table = HookEventTable.Describe(connection, query, database.Name);
        var sinks = Sinks(connection, sink);
        new ParallelCopy(database, connection).Read(
            Statements(connection, table, query, inParts: sinks.Count > 1),
            sinks,
            cancellationToken
        );
    }

    /// <summary>What reads the derived steps, and the events that are not derived; null when all events are to be read.</summary>
    private List<CopyStatement>? Derived(
        NpgsqlConnection connection,
        HookEventTable table,
        EventQuery query,
        IHookEventSink sink,
        bool inParts
    )
    {
        if (StepPlan.Of(database, _numbered, _steps, timeZone, connection, query, sink) is not { } plan)
            return null;

        // In the order of the rows, so that one connection reads them as they were inserted.
        var steps = plan.Ranges.Select(range =>
            (
                range.First,
                Statements: (List<CopyStatement>)
                    [
                        new CopyStatement(
                            $"COPY ({PostgresStepTable.Select(query, range)} ORDER BY event) TO STDOUT (FORMAT binary)",
                            to => new CopyStepParser((IDerivedStepSink)to, plan.Texts)
                        ),
                    ]
            )
        );
        var gaps = plan.Gaps.Select(gap => (gap.After ?? long.MinValue, Statements: Statements(connection, table, query, inParts, gap)));
        var filter = HookEventFilter.Write(connection, query, table.Timestamp, timeZone is null);
        return
        [
            .. steps.Concat(gaps).OrderBy(part => part.Item1).SelectMany(part => part.Statements),
            .. plan.Unreadable.Select(range =>
                Statement(
                    table,
                    query,
                    HookEventTable.Name,
                    hasPlace: false,
                    $"({filter}) AND id IN ({PostgresStepTable.SelectUnreadable(range)})"
                )
            ),
        ];
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

    private List<CopyStatement> Statements(
        NpgsqlConnection connection,
        HookEventTable table,
        EventQuery query,
        bool inParts,
        EventGap gap = default
    )
    {
        var filter = HookEventFilter.Write(connection, query, table.Timestamp, timeZone is null);
        if (gap.After is { } after)
            filter = string.Create(CultureInfo.InvariantCulture, $"({filter}) AND id > {after}");
        if (gap.Before is { } before)
            filter = string.Create(CultureInfo.InvariantCulture, $"({filter}) AND id < {before}");

        // Numbers between two others are found by their index.
        if (gap is not { Before: null, After: null } && (gap.Before is not null || !HasMany(connection, gap)))
            return [Statement(table, query, HookEventTable.Name, hasPlace: false, filter)];
        var heaps = HookEventTable.Heaps(connection);
        if (!inParts || heaps.Count == 0 || (heaps.Count == 1 && heaps[0].Pages <= pagesPerPart))
            return [Statement(table, query, HookEventTable.Name, heaps.Count == 1, filter)];

        var statements = new List<CopyStatement>();
        foreach (var (name, pages) in heaps)
        {
            for (long page = 0; page == 0 || page < pages; page += pagesPerPart)
            {
                // The last part has no end: pages that were added since the size was asked for hold rows of others only, but cost nothing.
                var end = page + pagesPerPart < pages ? $" AND ctid < '({page + pagesPerPart},0)'" : "";
                statements.Add(Statement(table, query, name, hasPlace: true, $"({filter}) AND ctid >= '({page},0)'{end}"));
            }
        }

        return statements;
    }

    private CopyStatement Statement(HookEventTable table, EventQuery query, string name, bool hasPlace, string condition) =>
        new(
            $"COPY (SELECT {table.Projection(query, hasPlace)} FROM {name} WHERE {condition}) TO STDOUT (FORMAT binary)",
            to => new CopyRowParser(to, table.Timestamp, timeZone)
        );

    // So many that looking at every page for them in parts is faster.
    private static bool HasMany(NpgsqlConnection connection, EventGap gap)
    {
        using var command = new NpgsqlCommand(
            $"SELECT count(*) FROM (SELECT 1 FROM {HookEventTable.Name} WHERE id > $1 LIMIT {ManyEvents}) more",
            connection
        )
        {
            Parameters = { new() { Value = gap.After!.Value } },
        };
        return command.ExecuteScalar() is ManyEvents;
    }
}
