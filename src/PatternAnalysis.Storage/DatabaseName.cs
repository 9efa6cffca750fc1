using Microsoft.Data.Sqlite;
using PatternAnalysis.Storage.Postgres;

namespace PatternAnalysis.Storage;

/// <summary>What users call a database: a file, an address, a connection string.</summary>
public static class DatabaseName
{
    /// <summary>Whether a name is an address or a connection string and not a file.</summary>
    public static bool IsConnectionString(string database) =>
        PostgresUri.IsUri(database) || (!File.Exists(database) && database.Contains('=', StringComparison.Ordinal));

    /// <summary>Whether a name holds a password, in whatever spelling; its parsed parts are asked, not its text.</summary>
    /// <exception cref="PatternAnalysisException">It can't be read.</exception>
    public static bool HoldsPassword(string database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (!IsConnectionString(database))
            return false;
        if (PostgresAddress.IsPostgres(database))
            return PostgresAddress.Parse(database, DatabaseOptions.None).HoldsPassword;
        try
        {
            return !string.IsNullOrEmpty(new SqliteConnectionStringBuilder(database).Password);
        }
        catch (ArgumentException)
        {
            // Who knows what it is may know a password in it.
            return true;
        }
    }

    /// <summary>The name that was given, or the one that the environment gives.</summary>
    /// <exception cref="PatternAnalysisException">Nothing names a database.</exception>
    internal static string Require(string? database)
    {
        if (string.IsNullOrWhiteSpace(database))
            database = Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        return !string.IsNullOrWhiteSpace(database)
            ? database
            : throw new PatternAnalysisException(
                ErrorCatalogue.NoDatabase,
                $"No database is named. Give one (a SQLite file, or postgres://user@host/database), "
                    + $"or set the environment variable {PatternDatabase.EnvironmentVariable}."
            );
    }

    /// <summary>The SQLite file that a name means.</summary>
    /// <exception cref="PatternAnalysisException">It can't be read.</exception>
    internal static string FileOf(string database)
    {
        if (!IsConnectionString(database))
            return database;

        try
        {
            var file = new SqliteConnectionStringBuilder(database).DataSource;
            return file.Length > 0
                ? file
                : throw new PatternAnalysisException(
                    ErrorCatalogue.InvalidConnectionString,
                    "The connection string names no file: it needs 'Data Source=FILE'."
                );
        }
        catch (ArgumentException error)
        {
            // The text itself is not repeated: a connection string may hold a password.
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidConnectionString,
                $"The connection string can't be read as one of SQLite: {error.Message} Give a file, or 'Data Source=FILE'.",
                error
            );
        }
    }
}
