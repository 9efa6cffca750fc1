using System.Data.Common;
using Dapper;
using Npgsql;

namespace PatternAnalysis.Storage.Tests.Support;

/// <summary>A schema of its own on the tests' PostgreSQL server.</summary>
public sealed class PostgresEvents : EventDatabase
{
    /// <summary>The tables as the original's project has them on PostgreSQL.</summary>
    public const string OriginalSchema = """
        CREATE TABLE hook_events (
            id BIGSERIAL PRIMARY KEY,
            event_id VARCHAR(255) UNIQUE NOT NULL DEFAULT gen_random_uuid()::text,
            event_type VARCHAR(255) NOT NULL CHECK (event_type IN ('PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Stop', 'SubagentStop',
                'PreCompact', 'SessionStart', 'SessionEnd', 'Notification', 'tool_use')),
            source_app VARCHAR(255) NOT NULL DEFAULT 'app',
            session_id VARCHAR(255) NOT NULL,
            workflow_id BIGINT,
            timestamp TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT now(),
            payload JSONB NOT NULL DEFAULT '{}',
            tool_name VARCHAR(255),
            chat_history JSONB,
            processed BOOLEAN DEFAULT false,
            processed_at TIMESTAMP WITHOUT TIME ZONE,
            created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT now()
        );
        CREATE INDEX ON hook_events (event_type);
        CREATE INDEX ON hook_events (session_id);
        CREATE INDEX ON hook_events (timestamp);
        """;

    /// <summary>
    /// The tables of patterns as the original's project has them on PostgreSQL: numbers in single precision, times without zone.
    /// </summary>
    public const string OriginalPatternSchema = """
        CREATE TABLE pattern_approvals (
            id SERIAL PRIMARY KEY,
            pattern_id VARCHAR(255) UNIQUE NOT NULL,
            status VARCHAR(50) NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'auto-approved', 'auto-rejected')),
            reviewed_by VARCHAR(255),
            reviewed_at TIMESTAMP WITHOUT TIME ZONE,
            approval_notes TEXT,
            confidence_score REAL NOT NULL,
            occurrence_count INTEGER NOT NULL,
            estimated_savings_usd REAL NOT NULL,
            tool_sequence TEXT NOT NULL,
            pattern_context TEXT,
            example_sessions JSONB,
            created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
            updated_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP
        );
        CREATE TABLE pattern_review_history (
            id SERIAL PRIMARY KEY,
            pattern_id VARCHAR(255) NOT NULL REFERENCES pattern_approvals (pattern_id) ON DELETE CASCADE,
            action VARCHAR(50) NOT NULL CHECK (action IN ('approved', 'rejected', 'flagged', 'commented')),
            reviewer VARCHAR(255),
            notes TEXT,
            created_at TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP
        );
        """;

    private static int s_count;

    private readonly string _schema = $"test_{Interlocked.Increment(ref s_count)}";

    public PostgresEvents(string schema = MinimalSchema)
    {
        Execute($"CREATE SCHEMA {_schema}");
        Execute(schema);
    }

    /// <summary>The schema's name.</summary>
    public string Schema => _schema;

    /// <summary>The connection string of the schema.</summary>
    public string Address => $"{PostgresServer.Shared.Address};Search Path={_schema}";

    public override PatternDatabase Database => PatternDatabase.Open(Address);

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(Address);
        connection.Open();
        return connection;
    }

    /// <summary>Every table and every row.</summary>
    public override IReadOnlyDictionary<string, string> State()
    {
        using var connection = Open();
        return connection
            .Query<string>("SELECT tablename FROM pg_tables WHERE schemaname = current_schema ORDER BY 1")
            .ToArray()
            .ToDictionary(
                table => table,
                table => string.Join('\n', connection.Query<string>($"SELECT t::text FROM {table} t ORDER BY 1"))
            );
    }

    public override void Dispose() => Execute($"DROP SCHEMA {_schema} CASCADE");
}
