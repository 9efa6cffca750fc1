using System.Data.Common;
using System.Globalization;
using Npgsql;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>The rows of <c>hook_events</c> in PostgreSQL by their column <c>id</c>, where an index keeps it unique.</summary>
internal sealed class PostgresNumberedEvents(PostgresDatabase database, TimeZoneInfo? timeZone) : INumberedEvents
{
    // Of a table in partitions the unique index holds the column that it is cut by as well, which may be the session. A number that is
    // unique only together with another column, or not in tables that inherit, tells no rows apart. WITH TIES came with version 13.
    private const string HasNumbers = """
        SELECT count(*) FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        JOIN pg_class c ON c.oid = i.indrelid
        WHERE i.indrelid = to_regclass('hook_events') AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND a.attname = 'id'
            AND (i.indnkeyatts = 1 OR i.indnkeyatts = 2 AND EXISTS (SELECT 1 FROM pg_attribute s
                WHERE s.attrelid = i.indrelid AND s.attnum = i.indkey[1] AND s.attname = 'session_id' AND s.attnotnull))
            AND (c.relkind = 'p' OR NOT EXISTS (SELECT 1 FROM pg_inherits h WHERE h.inhparent = c.oid))
            AND current_setting('server_version_num')::int >= 130000 AND a.attnotnull
            AND format_type(a.atttypid, NULL) IN ('bigint', 'integer', 'smallint') AND c.relkind IN ('r', 'p')
            AND NOT row_security_active(c.oid)
            AND (SELECT count(*) FROM pg_attribute n WHERE n.attrelid = c.oid AND NOT n.attisdropped
                AND n.attname IN ('session_id', 'event_type', 'tool_name', 'timestamp')) = 4
        """;

    private static readonly string[] s_tables =
    [
        StepSchema.Steps,
        StepSchema.Sources,
        StepSchema.Facts,
        StepSchema.Verdicts,
        StepSchema.Blocks,
    ];

    private const int CountedBlocks = 16;
    private const long YoungSeconds = 86_400;

    public bool HaveNumbers(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = HasNumbers;
        return command.ExecuteScalar() is > 0L;
    }

    // Rights on the events that were given before the tables were made say nothing of them. A table that is not there can't be read.
    public bool MayReadSteps(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT count(*) FROM unnest(@tables) name WHERE coalesce(has_table_privilege(to_regclass(name), 'SELECT'), false)";
        command.AddParameter("@tables").Value = s_tables;
        return command.ExecuteScalar() is long count && count == s_tables.Length;
    }

    public void Read(DbConnection connection, DbTransaction? transaction, EventGap gap, int count, IHookEventSink sink) =>
        Copy(
            connection,
            sink,
            withPayload: true,
            string.Create(CultureInfo.InvariantCulture, $"WHERE {IsIn(gap)} ORDER BY id FETCH FIRST {count} ROWS WITH TIES")
        );

    public void ReadEdges(DbConnection connection, DbTransaction? transaction, IHookEventSink sink) =>
        Copy(
            connection,
            sink,
            withPayload: false,
            $"WHERE id IN (SELECT first_event FROM {StepSchema.Blocks} UNION SELECT last_event FROM {StepSchema.Blocks})"
        );

    // A transaction that began earlier may commit lower numbers than are there already, a moment later: readings count the newest blocks.
    // What comes later still, or goes, is seen by who derives.
    public bool HaveCount(DbConnection connection, DbTransaction? transaction, IReadOnlyList<StepBlock> blocks, bool looksAtAll)
    {
        var young = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - YoungSeconds;
        return blocks
            .Where((block, place) => looksAtAll || (place >= blocks.Count - CountedBlocks && block.DerivedAt > young))
            .All(block => Count(connection, transaction, block) == block.EventCount);
    }

    public long Count(DbConnection connection, DbTransaction? transaction, StepBlock block) =>
        Count(
            connection,
            transaction,
            string.Create(CultureInfo.InvariantCulture, $"id >= {block.FirstEvent} AND id <= {block.LastEvent}")
        );

    public long Count(DbConnection connection, DbTransaction? transaction, EventGap gap) => Count(connection, transaction, IsIn(gap));

    private static long Count(DbConnection connection, DbTransaction? transaction, string condition)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT count(*) FROM {HookEventTable.Name} WHERE {condition}";
        return (long)command.ExecuteScalar()!;
    }

    private static string IsIn(EventGap gap) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(gap.After is { } after ? $"id > {after}" : "true")} AND {(gap.Before is { } before ? $"id < {before}" : "true")}"
        );

    private void Copy(DbConnection connection, IHookEventSink sink, bool withPayload, string condition)
    {
        var postgres = (NpgsqlConnection)connection;
        var table = HookEventTable.Describe(postgres, new EventQuery { ReadsPayload = withPayload }, database.Name);
        CopyPart.Read(
            postgres,
            $"COPY (SELECT {table.Projection(withPayload, withPayload, hasPlace: false)} FROM {HookEventTable.Name} {condition}) "
                + "TO STDOUT (FORMAT binary)",
            new CopyRowParser(sink, table.Timestamp, timeZone),
            CancellationToken.None
        );
    }
}
