using System.Data.Common;
using Dapper;
using Npgsql;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// <c>hook_events</c> in PostgreSQL, with the columns of tac-webbuilder. Its CHECK on the event type and its foreign key are left out: they
/// refuse
/// the events of newer agents, and events of workflows that the database doesn't know.
/// </summary>
internal sealed class PostgresHookEventSchema : IHookEventSchema
{
    private const string CreateTable = """
        CREATE TABLE IF NOT EXISTS hook_events (
            id BIGSERIAL PRIMARY KEY,
            event_id VARCHAR(255) NOT NULL UNIQUE,
            event_type VARCHAR(255) NOT NULL,
            source_app VARCHAR(255),
            session_id VARCHAR(255) NOT NULL,
            workflow_id VARCHAR(255),
            timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'),
            payload JSONB NOT NULL,
            tool_name VARCHAR(255),
            chat_history JSONB,
            processed BOOLEAN DEFAULT FALSE,
            processed_at TIMESTAMP WITHOUT TIME ZONE,
            created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT (now() AT TIME ZONE 'UTC')
        );
        CREATE INDEX IF NOT EXISTS idx_hook_events_timestamp ON hook_events (timestamp);
        """;

    private const string CreateIdTable = "CREATE TABLE IF NOT EXISTS pattern_imported_events (event_id TEXT PRIMARY KEY)";

    // An index on an expression, on several columns or on some rows only doesn't keep the values of one column distinct.
    private const string UniqueColumns = """
        SELECT count(*) FROM pg_index AS i
        JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = to_regclass(@table) AND i.indisunique AND i.indpred IS NULL AND i.indnkeyatts = 1 AND a.attname = @column
        """;

    private const string ColumnTypes = """
        SELECT attname, format_type(atttypid, NULL) FROM pg_attribute
        WHERE attrelid = to_regclass('hook_events') AND attnum > 0 AND NOT attisdropped
        """;

    private Dictionary<string, string> _types = [];

    public bool DatabaseExists => true;

    public void CreateDatabase()
    {
        // A database on a server is made by whoever runs the server.
    }

    public void CreateMissingTable(DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(CreateTable, transaction: transaction);
        _types = connection
            .Query<(string Column, string Type)>(ColumnTypes, transaction: transaction)
            .ToDictionary(row => row.Column, row => row.Type);
    }

    public void CreateMissingIdTable(DbConnection connection, DbTransaction transaction) =>
        connection.Execute(CreateIdTable, transaction: transaction);

    public IReadOnlySet<string> WritableColumns(DbConnection connection, DbTransaction transaction) =>
        connection
            .Query<string>(
                "SELECT attname::text FROM pg_attribute WHERE attrelid = to_regclass('hook_events') "
                    + "AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
                transaction: transaction
            )
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool IsUnique(DbConnection connection, string table, string column, DbTransaction? transaction) =>
        connection.ExecuteScalar<long>(UniqueColumns, new { table, column }, transaction) > 0;

    // Events come as text; only a text column takes text as it is.
    public string Value(string column, string parameter) =>
        _types.GetValueOrDefault(column) switch
        {
            null or "text" or "character varying" => parameter,
            "timestamp with time zone" => $"CAST({parameter} AS timestamp) AT TIME ZONE 'UTC'",
            var type => $"CAST({parameter} AS {type})",
        };

    public bool RefusalEndsTransaction => true;

    public bool IsRefusal(DbException error) => error is PostgresException { SqlState: ['2', '2' or '3', ..] };
}
