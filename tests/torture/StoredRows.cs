using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace PatternAnalysis.Torture;

/// <summary>Reads what is stored, a row a text, without the program that stored it.</summary>
internal static class StoredRows
{
    private const string Events = "SELECT event_id, event_type, session_id, tool_name FROM hook_events";
    private const string Messages = "SELECT session_id, message_id, output_tokens FROM pattern_messages";

    private const string Steps = """
        SELECT first_event, last_event, step_count, sources, facts, verdicts, unreadable, hex(steps) FROM pattern_steps
        UNION ALL SELECT id, session_id, source_app, agent_id, prompt_id, '', '', '' FROM pattern_step_sources
        UNION ALL SELECT id, tool, operation, name, exact, form, parts, arguments FROM pattern_step_facts
        UNION ALL SELECT id, level, rule, category, reason, segment, disabled_rule, command FROM pattern_step_verdicts
        """;

    private const string Approvals = """
        SELECT a.tool_sequence, a.status, a.occurrence_count, ROUND(CAST(a.confidence_score AS NUMERIC), 6),
            (SELECT COUNT(*) FROM pattern_review_history h WHERE h.pattern_id = a.pattern_id)
        FROM pattern_approvals a
        """;

    public static IReadOnlyList<string> EventsOf(string database) => Read(database, Events);

    public static IReadOnlyList<string> MessagesOf(string database) => Read(database, Messages);

    /// <summary>The ids of the calls that hooks told of; of SQLite only.</summary>
    public static IReadOnlyList<string> CallsOf(string file) =>
        Read(file, "SELECT json_extract(payload, '$.tool_use_id') FROM hook_events");

    /// <summary>The patterns with their states, counts and number of changes of state.</summary>
    public static IReadOnlyList<string> ApprovalsOf(string database) => Read(database, Approvals);

    /// <summary>The derived steps with what they stand for; of SQLite only.</summary>
    public static IReadOnlyList<string> StepsOf(string database) => Read(database, Steps);

    /// <summary>What SQLite itself says of a file: <c>ok</c>, or what is wrong.</summary>
    public static string IntegrityOf(string file) => Read(file, "PRAGMA integrity_check")[0];

    private static IReadOnlyList<string> Read(string database, string sql)
    {
        using DbConnection connection = database.Contains("Host=", StringComparison.Ordinal)
            ? new NpgsqlConnection(database)
            : new SqliteConnection($"Data Source={database};Pooling=False");
        return [.. connection.Query(sql).Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))];
    }
}
