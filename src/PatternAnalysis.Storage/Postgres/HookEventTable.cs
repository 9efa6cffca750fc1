using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>What the catalog says of <c>hook_events</c>: the types of its columns, and where its rows lie.</summary>
internal sealed class HookEventTable
{
    public const string Name = "hook_events";

    private const string SelectColumns = """
        SELECT attname::text AS Name, format_type(atttypid, NULL) AS Type
        FROM pg_attribute WHERE attrelid = to_regclass('hook_events') AND attnum > 0 AND NOT attisdropped
        """;

    // Only what may be read leaf by leaf: a policy on rows, or a privilege on the parent alone, holds for the parent's name.
    private const string SelectHeaps = """
        SELECT c.oid::regclass::text AS Name, pg_relation_size(c.oid) / current_setting('block_size')::bigint AS Pages
        FROM pg_class parent
            CROSS JOIN LATERAL (
                SELECT relid FROM pg_partition_tree(parent.oid) WHERE isleaf AND parent.relkind = 'p'
                UNION ALL SELECT parent.oid WHERE parent.relkind = 'r' AND NOT parent.relhassubclass) leaf
            JOIN pg_class c ON c.oid = leaf.relid
        WHERE parent.oid = to_regclass('hook_events') AND NOT row_security_active(parent.oid)
            AND NOT EXISTS (
                SELECT 1 FROM pg_partition_tree(parent.oid) t JOIN pg_class p ON p.oid = t.relid
                WHERE t.isleaf AND (p.relkind <> 'r' OR NOT has_table_privilege(p.oid, 'SELECT')))
        ORDER BY 1
        """;

    // The plan of a table costs nothing to ask for; that of a recursive view shows that its rows are made up.
    private const string ExplainView = $"EXPLAIN SELECT * FROM {Name}";

    private readonly Dictionary<string, string> _types;

    private HookEventTable(Dictionary<string, string> types) => _types = types;

    /// <summary>How the timestamp is stored.</summary>
    public TimestampForm Timestamp { get; private init; }

    /// <summary>The expression that tells which of two rows of a session came first.</summary>
    public string InsertionOrder => _types.GetValueOrDefault("id") is "bigint" or "integer" or "smallint" ? "id" : "ctid";

    /// <summary>Looks the table up and makes sure of the columns that a query needs.</summary>
    public static HookEventTable Describe(NpgsqlConnection connection, EventQuery query, string database)
    {
        var types = ReadAll(connection, SelectColumns, row => (Name: row.GetString(0), Type: row.GetString(1)))
            .ToDictionary(column => column.Name, column => column.Type);
        if (types.Count == 0)
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.TableNotFound,
                $"The database '{database}' has no table '{Name}' in its search path. Give the database that the hooks write to."
            );
        }

        string[] wanted =
        [
            "session_id",
            "event_type",
            "tool_name",
            "timestamp",
            .. query.SourceAppFilter is null ? Array.Empty<string>() : ["source_app"],
        ];
        foreach (var column in wanted.Where(column => !types.ContainsKey(column)))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.ColumnNotFound,
                $"The table '{Name}' of '{database}' has no column '{column}', which this command needs."
            );
        }

        if (
            ReadAll(connection, ExplainView, row => row.GetString(0))
                .Any(line => line.Contains("Recursive Union", StringComparison.Ordinal))
        )
            throw new PatternAnalysisException(
                ErrorCatalogue.EndlessView,
                $"'{Name}' of '{database}' is a view that calls itself, and may have no end. Make it a view of rows that are there."
            );

        return new HookEventTable(types) { Timestamp = FormOf(types["timestamp"]) };
    }

    /// <summary>The tables that hold the rows, with their sizes; none when they can only be read by the one name.</summary>
    public static IReadOnlyList<(string Name, long Pages)> Heaps(NpgsqlConnection connection) =>
        ReadAll(connection, SelectHeaps, row => (row.GetString(0), row.GetInt64(1)));

    /// <summary>Whether the server is a replica.</summary>
    public static bool IsReplica(NpgsqlConnection connection) =>
        ReadAll(connection, "SELECT pg_is_in_recovery()", row => row.GetBoolean(0))[0];

    /// <summary>
    /// The columns as COPY sends them: texts as UTF-8, the instant in the form of <see cref="Timestamp"/>, the order of insertion as a
    /// number or a place.
    /// </summary>
    public string Projection(EventQuery query, bool hasPlace) =>
        Projection(query.ReadsPayload, query.SourceAppFilter is not null, hasPlace);

    /// <summary>The same with or without payloads and applications; what the table does not have is NULL.</summary>
    public string Projection(bool withPayload, bool withSource, bool hasPlace) =>
        $"""
        session_id::text, tool_name::text, {Timestamp switch
        {
            TimestampForm.Number => "\"timestamp\"::double precision",
            TimestampForm.Text => "\"timestamp\"::text",
            TimestampForm.Zoned => "\"timestamp\"::timestamptz",
            _ => "\"timestamp\"::timestamp",
        }}, {(InsertionOrder == "id" ? "id::bigint" : hasPlace ? "ctid" : "NULL")},
            event_type::text, {(withPayload && _types.ContainsKey("payload") ? "payload::text" : "NULL")},
                {(withSource && _types.ContainsKey("source_app") ? "source_app::text" : "NULL")}
        """;

    private static List<T> ReadAll<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    }

    private static TimestampForm FormOf(string type) =>
        type switch
        {
            "timestamp without time zone" or "date" => TimestampForm.Unzoned,
            "timestamp with time zone" => TimestampForm.Zoned,
            "smallint" or "integer" or "bigint" or "numeric" or "real" or "double precision" => TimestampForm.Number,
            _ => TimestampForm.Text,
        };
}

/// <summary>How a database stores instants.</summary>
internal enum TimestampForm
{
    /// <summary>As text, in one of the forms of <see cref="TimestampParser"/>.</summary>
    Text,

    /// <summary>As Unix time.</summary>
    Number,

    /// <summary>As a timestamp with time zone.</summary>
    Zoned,

    /// <summary>As a timestamp without time zone.</summary>
    Unzoned,
}
