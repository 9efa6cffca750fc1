using System.Text.Json;
using Npgsql;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>A server that holds sessions whose patterns may be counted there.</summary>
/// <param name="Database">The server.</param>
/// <param name="Table">Its events.</param>
/// <param name="Events">How many of them lie in the window, as its planner estimates without looking at them.</param>
/// <param name="Hindrance">Why it can't count, as the end of a sentence on its events; null when it can.</param>
internal sealed record CountingServer(PostgresDatabase Database, HookEventTable Table, double Events, string? Hindrance)
{
    // Temporary tables are all that counting makes.
    private const string MayMakeTables = "SELECT has_database_privilege(current_database(), 'TEMPORARY')";

    /// <summary>Asks a server.</summary>
    /// <exception cref="PatternAnalysisException">It can't be opened, or has no such table.</exception>
    public static CountingServer Ask(PostgresDatabase database, EventQuery query, TimeZoneInfo? timeZone)
    {
        using var connection = database.OpenSnapshot();
        var table = HookEventTable.Describe(connection, query, database.Name);
        var hindrance = HindranceOf(connection, table, timeZone);
        return new CountingServer(database, table, hindrance is null ? Estimate(connection, query.Window, table) : 0, hindrance);
    }

    private static string? HindranceOf(NpgsqlConnection connection, HookEventTable table, TimeZoneInfo? timeZone)
    {
        if (table.Timestamp is not (TimestampForm.Unzoned or TimestampForm.Zoned))
            return "the server can't count where the column timestamp is no TIMESTAMP";
        if (table.Timestamp == TimestampForm.Unzoned && timeZone?.HasSameRules(TimeZoneInfo.Utc) == false)
            return "the server can't count where times without a zone are another zone's";
        if (HookEventTable.IsReplica(connection))
            return "the server is a replica, which has no temporary tables to count in";
        using var command = new NpgsqlCommand(MayMakeTables, connection);
        return command.ExecuteScalar() is true ? null : "the server refuses temporary tables to count in (GRANT TEMPORARY ON DATABASE)";
    }

    private static double Estimate(NpgsqlConnection connection, TimeWindow window, HookEventTable table)
    {
        using var command = new NpgsqlCommand(
            $"EXPLAIN (FORMAT JSON) SELECT FROM {HookEventTable.Name} WHERE true{CountingSql.IsIn(window)}",
            connection
        );
        foreach (var (name, bound) in new[] { ("since", window.Since), ("until", window.Until) })
        {
            if (bound is { } instant)
                command.Parameters.AddWithValue(name, CountingSql.Instant(table, instant.UtcTicks));
        }

        using var plan = JsonDocument.Parse((string)command.ExecuteScalar()!);
        return plan.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }
}
