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
    public IReadOnlyList<EventTypeCount> CountByType()
    {
        using var connection = database.OpenForReading();
        try
        {
            var order = database.ColumnsOf(connection, HookEventInsert.Table).Contains("id") ? "id" : "timestamp";
            using var command = connection.CreateCommand();
            command.CommandText = $"""
                SELECT event_type, count(*), CAST(max(timestamp) AS TEXT)
                FROM (SELECT event_type, timestamp FROM {HookEventInsert.Table} ORDER BY {order} DESC LIMIT {MostEvents}) AS latest
                GROUP BY event_type ORDER BY 2 DESC, 1
                """;
            using var row = command.ExecuteReader();
            var types = new List<EventTypeCount>();
            while (row.Read())
                types.Add(
                    new EventTypeCount(
                        row.IsDBNull(0) ? "" : row.GetString(0),
                        row.GetInt64(1),
                        row.IsDBNull(2) ? null : TicksOf(row.GetString(2))
                    )
                );
            return types;
        }
        catch (DbException error)
        {
            throw database.Translate(error, $"looking at the latest rows of {HookEventInsert.Table}");
        }
    }

    private long? TicksOf(string timestamp) =>
        TimestampParser.TryParse(Encoding.UTF8.GetBytes(timestamp), timeZone, out var ticks) ? ticks : null;
}
