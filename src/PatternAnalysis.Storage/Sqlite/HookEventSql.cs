using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using PatternAnalysis.Events;

namespace PatternAnalysis.Storage.Sqlite;

/// <summary>The statements that read hook events. Only names that the product knows stand in their text; values are parameters.</summary>
/// <param name="query">Which events.</param>
/// <param name="insertionOrder">The expression that tells which of two rows came first.</param>
internal sealed class HookEventSql(EventQuery query, string insertionOrder)
{
    /// <summary>
    /// What begins like a date of years 2000 to 2999 lies between these; numbers, digits, unreadable and missing values do not.
    /// </summary>
    public const string FirstDate = "1~";

    /// <summary>See <see cref="FirstDate"/>.</summary>
    public const string LastDate = "2~";

    /// <summary>
    /// The first text of a date that can lie in the window. Dates sort as text, in any of the forms and to a day in any zone.
    /// </summary>
    public string From { get; } = Day(AnyZone(query.Window).Since) ?? FirstDate;

    /// <summary>The first text of a date after the window.</summary>
    public string To { get; } = Day(AnyZone(query.Window).Until) ?? LastDate;

    public bool HasWindow => From != FirstDate || To != LastDate;

    /// <summary>
    /// Reads the events that can lie in the window; the exact decision is made on the parsed instant. What begins like no date is read in
    /// any case.
    /// </summary>
    public void Build(SqliteCommand command, ReadRange range, bool usesIndexes)
    {
        var window =
            $"AND ((timestamp >= @from AND timestamp < @to) OR timestamp < "
            + $"'{FirstDate}' OR timestamp >= '{LastDate}' OR timestamp IS NULL)";
        command.CommandText = $"""
            SELECT session_id, tool_name, timestamp, {insertionOrder}, event_type,
                {(query.ReadsPayload ? "payload" : "NULL")}, {(query.SourceAppFilter is null ? "NULL" : "source_app")}
            FROM hook_events {(usesIndexes ? "" : "NOT INDEXED")}
            WHERE {IsWantedType(command)} AND {range.Condition} {(HasWindow && !range.ImpliesWindow ? window : "")}
            """;
        range.AddTo(command);
        if (HasWindow && !range.ImpliesWindow)
            AddWindow(command);
    }

    /// <summary>Counts the rows whose timestamps lie in the window by their text.</summary>
    public void BuildCount(SqliteCommand command)
    {
        command.CommandText = "SELECT count(*) FROM hook_events WHERE timestamp >= @from AND timestamp < @to";
        AddWindow(command);
    }

    /// <summary>Finds the first or the last row of the window by its time.</summary>
    public void BuildEdge(SqliteCommand command, bool first)
    {
        command.CommandText = $"""
            SELECT rowid FROM hook_events WHERE {IsWantedType(command)} AND timestamp >= @from AND timestamp < @to
            ORDER BY timestamp {(first ? "ASC" : "DESC")} LIMIT 1
            """;
        AddWindow(command);
    }

    private string IsWantedType(SqliteCommand command)
    {
        for (var i = 0; i < query.EventTypes.Count; i++)
        {
            command.Parameters.AddWithValue($"@type{i}", query.EventTypes[i]);

            // Some writers bind texts as bytes, and to SQLite a text never equals its bytes.
            command.Parameters.AddWithValue($"@bytes{i}", Encoding.UTF8.GetBytes(query.EventTypes[i]));
        }

        return $"event_type IN ({string.Join(", ", query.EventTypes.Select((_, number) => $"@type{number}, @bytes{number}"))})";
    }

    private void AddWindow(SqliteCommand command)
    {
        command.Parameters.AddWithValue("@from", From);
        command.Parameters.AddWithValue("@to", To);
    }

    private static TimeWindow AnyZone(TimeWindow window) => window.Widen(TimeSpan.FromDays(1), TimeSpan.FromDays(2));

    private static string? Day(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
