using Npgsql;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>
/// Finds the servers that a coordinator's catalog names as the holders of the parts of <c>hook_events</c>, so that they can be asked
/// themselves: postgres_fdw hands a node the aggregation of its own rows, but no counting of parts.
/// </summary>
internal static class CountingNode
{
    // Sessions must not be spread over nodes, so the table must be divided by session_id alone, and every part must be on a node.
    private const string SelectNodes = """
        SELECT (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(s.srvoptions))::text,
            (SELECT json_object_agg(option_name, option_value) FROM pg_options_to_table(t.ftoptions))::text,
            (SELECT json_object_agg(option_name, option_value) FROM pg_user_mappings m, pg_options_to_table(m.umoptions)
                WHERE m.srvid = s.oid AND m.usename IN (current_user, 'public'))::text,
            c.relname::text, current_user::text, w.fdwname = 'postgres_fdw' AND a.attname = 'session_id' AND p.partnatts = 1
        FROM pg_partitioned_table p
            JOIN pg_inherits i ON i.inhparent = p.partrelid
            JOIN pg_class c ON c.oid = i.inhrelid
            LEFT JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
            LEFT JOIN pg_foreign_table t ON t.ftrelid = c.oid
            LEFT JOIN pg_foreign_server s ON s.oid = t.ftserver
            LEFT JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
        WHERE p.partrelid = to_regclass('hook_events') ORDER BY c.relname
        """;

    // What tells how to reach a node; what is not among them or the next may change what a node is or how it is spoken to.
    private static readonly string[] s_address = ["host", "port", "dbname", "user", "password", "sslmode", "schema_name", "table_name"];

    private static readonly string[] s_tuning =
    [
        "use_remote_estimate",
        "fdw_startup_cost",
        "fdw_tuple_cost",
        "fetch_size",
        "batch_size",
        "async_capable",
        "extensions",
        "updatable",
        "truncatable",
        "keep_connections",
        "parallel_commit",
        "password_required",
    ];

    /// <summary>The nodes; none when not all parts of the table lie on nodes that can be reached from here.</summary>
    /// <exception cref="PatternAnalysisException">The coordinator can't be opened.</exception>
    public static IReadOnlyList<PostgresDatabase> FindReachable(PostgresDatabase database)
    {
        using var coordinator = database.OpenSnapshot();
        try
        {
            var nodes = Find(coordinator);
            foreach (var node in nodes)
                node.OpenSnapshot().Dispose();
            return nodes;
        }
        catch (NpgsqlException error)
        {
            throw database.Translate(error, "looking for nodes");
        }
        catch (PatternAnalysisException)
        {
            return [];
        }
    }

    /// <summary>The nodes; none when not all parts of the table lie on nodes that the catalog says how to reach.</summary>
    public static IReadOnlyList<PostgresDatabase> Find(NpgsqlConnection coordinator)
    {
        var nodes = new List<PostgresDatabase>();
        using var command = new NpgsqlCommand(SelectNodes, coordinator);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var isNode = !reader.IsDBNull(5) && reader.GetBoolean(5);
            var options = new Dictionary<string, string> { ["table_name"] = reader.GetString(3), ["user"] = reader.GetString(4) };
            for (var column = 0; isNode && column < 3; column++)
            {
                foreach (var (key, value) in reader.IsDBNull(column) ? [] : Parse(reader.GetString(column)))
                    options[key] = value;
            }

            if (!isNode || AddressOf(options) is not { } address)
                return [];
            nodes.Add(new PostgresDatabase(address));
        }

        return nodes;
    }

    private static Dictionary<string, string> Parse(string json) =>
        System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];

    private static PostgresAddress? AddressOf(Dictionary<string, string> options)
    {
        if (options["table_name"] != HookEventTable.Name || !options.TryGetValue("host", out var host))
            return null;
        if (options.Keys.Any(key => !s_address.Contains(key) && !s_tuning.Contains(key)))
            return null;

        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = host,
            Database = options.GetValueOrDefault("dbname", options["user"]),
            Username = options["user"],
            SearchPath = options.GetValueOrDefault("schema_name", "public"),
        };
        builder["Port"] = options.GetValueOrDefault("port", "5432");
        if (options.GetValueOrDefault("password") is { } password)
            builder.Password = password;
        if (options.GetValueOrDefault("sslmode") is { } mode)
            builder["SSL Mode"] = mode.Replace("-", "", StringComparison.Ordinal);
        return PostgresAddress.Parse(builder.ConnectionString, new DatabaseOptions());
    }
}
