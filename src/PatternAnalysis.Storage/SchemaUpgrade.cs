using System.Data.Common;
using System.Globalization;
using Dapper;

namespace PatternAnalysis.Storage;

/// <summary>
/// Brings the product's tables to the newest version, forward only. The table <c>pattern_schema</c> holds a row for each version that was
/// reached;
/// whoever writes holds the write lock, so two processes never upgrade at once.
/// </summary>
internal static class SchemaUpgrade
{
    private const string Table = "pattern_schema";

    /// <summary>Applies the versions that the database lacks.</summary>
    /// <exception cref="PatternAnalysisException">A newer product wrote the database.</exception>
    public static void Apply(ISqlDatabase database, DbConnection connection, DbTransaction transaction)
    {
        var versions = database.SchemaVersions;
        var reached = Check(database, connection, transaction);
        if (reached == versions.Count)
            return;

        // What was made before there were versions has no such table; its tables are those of version 1, which are made only where they are
        // missing.
        connection.Execute(
            $"CREATE TABLE IF NOT EXISTS {Table} (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)",
            transaction: transaction
        );
        for (var version = reached + 1; version <= versions.Count; version++)
        {
            connection.Execute(versions[version - 1], transaction: transaction);
            connection.Execute(
                $"INSERT INTO {Table} (version, applied_at) VALUES (@version, @at)",
                new { version, at = Approvals.StoredInstant.Text(DateTimeOffset.UtcNow) },
                transaction
            );
        }
    }

    /// <summary>Tells which version the tables are of; 0 where there are none.</summary>
    /// <exception cref="PatternAnalysisException">A newer product wrote them, and what it keeps there is not known here.</exception>
    public static int Check(ISqlDatabase database, DbConnection connection, DbTransaction? transaction = null)
    {
        var exists = database.ColumnsOf(connection, Table, transaction).Count > 0;
        var reached = exists ? Reached(connection, transaction) : 0;
        return reached <= database.SchemaVersions.Count
            ? reached
            : throw new PatternAnalysisException(
                ErrorCatalogue.SchemaTooNew,
                $"The tables of '{database.Name}' are of version {reached}; this product knows "
                    + $"them up to {database.SchemaVersions.Count}. Nothing was changed. Update PatternAnalysis."
            );
    }

    // Without Dapper: where nothing is to be upgraded, its start would take longer than what the tables are needed for.
    private static int Reached(DbConnection connection, DbTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"SELECT COALESCE(max(version), 0) FROM {Table}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
