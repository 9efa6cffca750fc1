using System.Data.Common;
using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Events;

/// <summary>Says who sent the events of a database, and when it was last heard of. One pass over the table.</summary>
internal sealed class EventSources(ISqlDatabase database, TimeZoneInfo? timeZone)
{
    private const string Application = "source_app";

    /// <summary>The applications, the latest to be heard of first.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public EventSource[] Find() =>
        database.ReadEvents(
            "looking who sent events",
            connection => database.ColumnsOf(connection, HookEventInsert.Table) is { Count: > 0 } columns ? Read(connection, columns) : []
        );

    private EventSource[] Read(DbConnection connection, IReadOnlySet<string> columns)
    {
        // A table that others made may not tell them apart.
        var name = columns.Contains(Application) ? $"CAST({Application} AS TEXT)" : "NULL";
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT name, COUNT(*), CAST(MAX(CASE WHEN {database.IsDate} THEN timestamp END) AS TEXT)
            FROM (SELECT {name} AS name, timestamp FROM {HookEventInsert.Table}) AS events GROUP BY name
            """;
        using var row = command.ExecuteReader();
        var sources = new List<EventSource>();
        while (row.Read())
        {
            sources.Add(
                new EventSource(
                    row.IsDBNull(0) ? null : row.GetString(0),
                    row.GetInt64(1),
                    row.IsDBNull(2) ? null : InstantOf(row.GetString(2))
                )
            );
        }

        return [.. sources.OrderByDescending(source => source.LastEventAt).ThenBy(source => source.SourceApp, StringComparer.Ordinal)];
    }

    private DateTimeOffset? InstantOf(string timestamp) =>
        TimestampParser.TryParse(Encoding.UTF8.GetBytes(timestamp), timeZone, out var ticks)
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;
}
