using System.Data.Common;
using System.Text;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Events;

/// <summary>Looks at the latest events only, so that saying why nothing was found costs nothing, however large the table.</summary>
internal sealed class LatestEvents(ISqlDatabase database, TimeZoneInfo? timeZone)
{
    private const int MostEvents = 1000;

    /// <summary>The types of the latest events, the most frequent first.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    public IReadOnlyList<EventTypeCount> CountByType() =>
        database.ReadEvents($"looking at the latest rows of {HookEventInsert.Table}", CountByType);

    private EventTypeCount[] CountByType(DbConnection connection)
    {
        // Rows lie in the order of their insertion, and an import inserts old events last: only their times tell which are the latest.
        var latest = Latest(connection, database.IsDate);
        if (latest.Count == 0)
            latest = Latest(connection, "timestamp IS NOT NULL");
        return
        [
            .. latest
                .GroupBy(row => row.Type, StringComparer.Ordinal)
                .Select(type => new EventTypeCount(type.Key, type.Count(), type.Max(row => row.Ticks)))
                .OrderByDescending(type => type.Count)
                .ThenBy(type => type.EventType, StringComparer.Ordinal),
        ];
    }

    private List<(string Type, long? Ticks)> Latest(DbConnection connection, string condition)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT CAST(event_type AS TEXT), CAST(timestamp AS TEXT) FROM {HookEventInsert.Table} WHERE {condition} ORDER BY timestamp DESC
                LIMIT {MostEvents}
            """;
        using var row = command.ExecuteReader();
        var latest = new List<(string, long?)>();
        while (row.Read())
            latest.Add((row.IsDBNull(0) ? "" : row.GetString(0), row.IsDBNull(1) ? null : TicksOf(row.GetString(1))));
        return latest;
    }

    private long? TicksOf(string timestamp) =>
        TimestampParser.TryParse(Encoding.UTF8.GetBytes(timestamp), timeZone, out var ticks) ? ticks : null;
}
