using System.Data.Common;
using System.Diagnostics;
using Dapper;

namespace PatternAnalysis.Storage;

/// <summary>
/// The index that holds all that an analysis by tool names reads, so that the table with its payloads need not be read. It costs disk and
/// makes every recorded event a little slower, so it is offered and never made unasked.
/// </summary>
public sealed class EventIndex
{
    private const string Table = "hook_events";

    private static readonly string[] s_columns = ["event_type", "timestamp", "session_id", "tool_name"];

    private readonly ISqlDatabase _database;

    internal EventIndex(ISqlDatabase database) => _database = database;

    /// <summary>The index's name.</summary>
    public static string Name => "idx_pattern_analysis_events";

    /// <summary>Makes the index where it is missing.</summary>
    /// <exception cref="PatternAnalysisException">There is no such table, a column is missing, or the database can't be
    /// written.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; there is no index then.</exception>
    public EventIndexResult Create(CancellationToken cancellationToken = default)
    {
        var clock = Stopwatch.StartNew();
        var created = _database.WriteAsIs(
            "making an index",
            (connection, transaction) =>
            {
                CheckColumns(connection, transaction);
                var indexes = connection.Query<string>(_database.IndexNames, new { Table }, transaction);
                if (indexes.Contains(Name, StringComparer.OrdinalIgnoreCase))
                    return false;

                Run(connection, transaction, $"CREATE INDEX {Name} ON {Table} ({string.Join(", ", s_columns)})", cancellationToken);
                return true;
            },
            cancellationToken
        );
        return new EventIndexResult(_database.Name, Name, created, clock.Elapsed);
    }

    private void CheckColumns(DbConnection connection, DbTransaction transaction)
    {
        var columns = _database.ColumnsOf(connection, Table, transaction);
        if (columns.Count == 0)
            throw new PatternAnalysisException(
                ErrorCatalogue.TableNotFound,
                $"The database '{_database.Name}' has no table '{Table}'. Give the database that the hooks write to."
            );
        if (s_columns.FirstOrDefault(column => !columns.Contains(column)) is { } missing)
            throw new PatternAnalysisException(
                ErrorCatalogue.ColumnNotFound,
                $"The table '{Table}' of '{_database.Name}' has no column '{missing}', which the index needs."
            );
    }

    private void Run(DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.CommandTimeout = 0;

        using var stop = cancellationToken.Register(() => _database.Stop(command));
        command.ExecuteNonQuery();
    }
}
