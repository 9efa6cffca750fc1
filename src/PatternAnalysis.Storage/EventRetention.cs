using System.Data.Common;
using System.Text;
using Dapper;
using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage;

/// <summary>
/// Removes hook events that are older than somebody wants to keep. What is known of patterns stays: their sightings, their evidence, what
/// people decided; so a later run counts nothing anew.
/// </summary>
public sealed class EventRetention
{
    private readonly ISqlDatabase _database;

    private readonly StepUpkeep _steps;

    internal EventRetention(ISqlDatabase database, StepUpkeep steps) => (_database, _steps) = (database, steps);

    /// <summary>Removes the events of before a moment, those whose time can't be read excepted.</summary>
    /// <param name="before">The moment; events at it stay.</param>
    /// <param name="timeZone">The zone of times that are stored without one; UTC when null.</param>
    /// <param name="dryRun">Whether to count only.</param>
    /// <param name="cancellationToken">Stops it; nothing is removed then.</param>
    /// <exception cref="PatternAnalysisException">There is no such table, or the database can't be read or written.</exception>
    /// <remarks>O(events): times are stored in several forms, and only reading them tells which are older.</remarks>
    public EventRetentionResult Remove(
        DateTimeOffset before,
        TimeZoneInfo? timeZone = null,
        bool dryRun = false,
        CancellationToken cancellationToken = default
    )
    {
        try
        {
            using var connection = dryRun ? _database.OpenForReading() : _database.OpenForWriting();
            var columns = _database.ColumnsOf(connection, HookEventInsert.Table);
            if (!columns.Contains("timestamp"))
                throw new PatternAnalysisException(
                    ErrorCatalogue.TableNotFound,
                    $"The database '{_database.Name}' has no table '{HookEventInsert.Table}' with times. "
                        + $"Give the one that the hooks write to."
                );
            using var transaction = dryRun ? null : _database.BeginWrite(connection, cancellationToken);
            var (old, unread, total) = Find(connection, transaction, before.UtcTicks, timeZone, cancellationToken);
            var removed = dryRun ? old.Sum(time => time.Count) : Delete(connection, transaction!, old);
            if (transaction is not null && removed > 0)
                _steps.AfterRemoval(connection, transaction);
            transaction?.Commit();
            return new EventRetentionResult(_database.Name, before.ToUniversalTime(), removed, total - removed, unread, dryRun);
        }
        catch (DbException error)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw _database.Translate(error, "removing old events");
        }
    }

    // Events are deleted by the text of their times, because a table need not have a column that numbers its rows.
    private static (List<(string Time, long Count)> Old, long Unread, long Total) Find(
        DbConnection connection,
        DbTransaction? transaction,
        long before,
        TimeZoneInfo? timeZone,
        CancellationToken cancellationToken
    )
    {
        var (old, unread, total) = (new List<(string, long)>(), 0L, 0L);
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandTimeout = 0;
        command.CommandText = $"SELECT CAST(timestamp AS TEXT), COUNT(*) FROM {HookEventInsert.Table} GROUP BY CAST(timestamp AS TEXT)";
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = row.GetInt64(1);
            total += count;
            if (row.IsDBNull(0) || !TimestampParser.TryParse(Encoding.UTF8.GetBytes(row.GetString(0)), timeZone, out var ticks))
                unread += count;
            else if (ticks < before)
                old.Add((row.GetString(0), count));
        }

        return (old, unread, total);
    }

    private long Delete(DbConnection connection, DbTransaction transaction, List<(string Time, long Count)> old)
    {
        if (old.Count == 0)
            return 0;
        var (condition, values) = _database.IsAmong("CAST(timestamp AS TEXT)", "@times", [.. old.Select(time => time.Time)]);
        var parameters = new DynamicParameters();
        parameters.Add("times", values);
        return connection.Execute($"DELETE FROM {HookEventInsert.Table} WHERE {condition}", parameters, transaction, commandTimeout: 0);
    }
}

/// <summary>What removing old events came to.</summary>
/// <param name="Database">The database, as messages name it.</param>
/// <param name="OlderThan">The moment before which events were removed, in UTC.</param>
/// <param name="RemovedCount">How many events were removed, or would be.</param>
/// <param name="KeptCount">How many stay.</param>
/// <param name="UnreadableCount">How many of those that stay have a time that can't be read.</param>
/// <param name="DryRun">Whether nothing was removed.</param>
public sealed record EventRetentionResult(
    string Database,
    DateTimeOffset OlderThan,
    long RemovedCount,
    long KeptCount,
    long UnreadableCount,
    bool DryRun
)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(DryRun ? "Would remove" : "Removed")} {RemovedCount} events, {KeptCount} stay";
}
