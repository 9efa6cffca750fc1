using System.Data.Common;
using System.Globalization;
using PatternAnalysis.Storage.Events;

namespace PatternAnalysis.Storage.Steps;

/// <summary>The statements about derived steps that stores share but for the column of the event that a row begins with.</summary>
internal static class StepTableSql
{
    /// <summary>Whether a row is of a stretch of events; only numbers stand in the text.</summary>
    public static string IsIn(string column, EventRange range) =>
        string.Create(CultureInfo.InvariantCulture, $"({column} >= {range.First} AND {column} <= {range.Last})");

    /// <summary>Removes the rows of a stretch of events.</summary>
    public static void Remove(DbConnection connection, DbTransaction transaction, string column, EventGap gap)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"DELETE FROM {StepSchema.Steps} WHERE true";
        if (gap.After is { } after)
        {
            command.CommandText += $" AND {column} > @after";
            command.AddParameter("@after").Value = after;
        }

        if (gap.Before is { } before)
        {
            command.CommandText += $" AND {column} < @before";
            command.AddParameter("@before").Value = before;
        }

        command.ExecuteNonQuery();
    }
}
