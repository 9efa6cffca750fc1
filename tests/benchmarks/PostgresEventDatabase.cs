using Npgsql;

namespace PatternAnalysis.Benchmarks;

/// <summary>The events of <see cref="EventDatabase"/> in PostgreSQL: tac-webbuilder's columns, types and indexes.</summary>
internal static class PostgresEventDatabase
{
    private const string CreateTable = """
        DROP TABLE IF EXISTS hook_events;
        CREATE TABLE hook_events (
            id BIGSERIAL PRIMARY KEY, event_id VARCHAR(255) NOT NULL, event_type VARCHAR(255) NOT NULL, source_app VARCHAR(255),
                session_id VARCHAR(255) NOT NULL,
            workflow_id BIGINT, timestamp TIMESTAMP NOT NULL DEFAULT now(), payload JSONB NOT NULL, tool_name VARCHAR(255),
                chat_history JSONB,
            processed BOOLEAN DEFAULT false, processed_at TIMESTAMP, created_at TIMESTAMP DEFAULT now());
        """;

    private const string CreateIndexes = """
        CREATE INDEX ON hook_events (event_type);
        CREATE INDEX ON hook_events (session_id);
        CREATE INDEX ON hook_events (timestamp);
        """;

    /// <summary>Makes the table anew.</summary>
    public static void Create(string connectionString, long events, int seed)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        Execute(connection, CreateTable);
        using (
            var copy = connection.BeginTextImport(
                "COPY hook_events (event_id, event_type, source_app, session_id, timestamp, payload, tool_name) FROM STDIN"
            )
        )
        {
            foreach (var row in EventDatabase.Rows(events, seed))
                copy.Write($"{row.EventId}\t{row.EventType}\ttac\t{row.Session}\t{row.Time}\t{row.Payload}\t{row.Tool}\n");
        }

        Execute(connection, CreateIndexes);
        Execute(connection, "VACUUM ANALYZE hook_events");
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }
}
