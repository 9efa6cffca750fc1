using System.Globalization;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>The statement that reads hook events. Only names that the product knows stand in its text; values are parameters.</summary>
internal static class HookEventSql
{
    public static void Build(SqliteCommand command, EventQuery query, string insertionOrder)
    {
        var types = query.EventTypes.Select((_, number) => $"@type{number}");
        command.CommandText = $"""
            SELECT session_id, tool_name, timestamp, {insertionOrder}, event_type,
                {(query.ReadsPayload ? "payload" : "NULL")}, {(query.SourceAppFilter is null ? "NULL" : "source_app")}
            FROM hook_events
            WHERE event_type IN ({string.Join(", ", types)}){WindowCondition(command, query.Window)}
            """;
        for (var i = 0; i < query.EventTypes.Count; i++)
            command.Parameters.AddWithValue($"@type{i}", query.EventTypes[i]);
    }

    /// <summary>
    /// Leaves out what can't lie in the window, so that an index on the timestamp is of use; the exact decision is made on the parsed instant.
    /// Dates sort as text, in any of the forms and to a day in any zone; everything that does not begin like a date of years 2000 to 2999
    /// (numbers, digits, missing or unreadable values) is read.
    /// </summary>
    private static string WindowCondition(SqliteCommand command, TimeWindow window)
    {
        if (window.Since is null && window.Until is null)
            return "";

        command.Parameters.AddWithValue("@from", Day(window.Since?.AddDays(-1)) ?? "1~");
        command.Parameters.AddWithValue("@to", Day(window.Until?.AddDays(2)) ?? "2~");
        return """

              AND ((timestamp >= @from AND timestamp < @to)
                OR timestamp < '1~' OR timestamp >= '2~' OR timestamp IS NULL)
            """;
    }

    private static string? Day(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
