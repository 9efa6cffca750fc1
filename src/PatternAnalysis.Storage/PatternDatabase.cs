using Microsoft.Data.Sqlite;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Approvals;
using PatternAnalysis.Storage.Notification;
using PatternAnalysis.Storage.Sqlite;

namespace PatternAnalysis.Storage;

/// <summary>A database of hook events and patterns, named as users name it.</summary>
public sealed class PatternDatabase
{
    /// <summary>The environment variable that names the database when nothing else does.</summary>
    public const string EnvironmentVariable = "PATTERN_ANALYSIS_DATABASE";

    private PatternDatabase(string name, IHookEventReader events, IPatternApprovalStore approvals, IRunHistory runs, INotificationOutbox outbox)
    {
        Name = name;
        Events = events;
        Approvals = approvals;
        Runs = runs;
        Outbox = outbox;
    }

    /// <summary>The database, as messages name it.</summary>
    public string Name { get; }

    /// <summary>Its hook events.</summary>
    public IHookEventReader Events { get; }

    /// <summary>Its patterns.</summary>
    public IPatternApprovalStore Approvals { get; }

    /// <summary>The runs that were saved there.</summary>
    public IRunHistory Runs { get; }

    /// <summary>What reviewers were told of them.</summary>
    public INotificationOutbox Outbox { get; }

    /// <summary>Names a database; it is opened when it is first used.</summary>
    /// <param name="database">A SQLite file, or a SQLite connection string; null or empty for the one that <see cref="EnvironmentVariable"/> names.</param>
    /// <exception cref="PatternAnalysisException">Nothing names a database, or the connection string can't be read.</exception>
    public static PatternDatabase Open(string? database)
    {
        if (string.IsNullOrWhiteSpace(database))
            database = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(database))
        {
            throw new PatternAnalysisException("NoDatabase",
                $"No database is named. Give one (a SQLite file or a connection string), or set the environment variable {EnvironmentVariable}.");
        }

        var sqlite = new SqliteDatabase(FileOf(database));
        return new PatternDatabase(sqlite.Path, new SqliteHookEventReader(sqlite), new SqlApprovalStore(sqlite), new SqlRunHistory(sqlite),
            new SqlNotificationOutbox(sqlite, TimeProvider.System));
    }

    /// <summary>Whether a name is a connection string and not a file.</summary>
    public static bool IsConnectionString(string database) =>
        !File.Exists(database) && database.Contains('=', StringComparison.Ordinal);

    private static string FileOf(string database)
    {
        if (!IsConnectionString(database))
            return database;

        try
        {
            var file = new SqliteConnectionStringBuilder(database).DataSource;
            return file.Length > 0 ? file
                : throw new PatternAnalysisException("InvalidConnectionString", "The connection string names no file: it needs 'Data Source=FILE'.");
        }
        catch (ArgumentException error)
        {
            // The text itself is not repeated: a connection string may hold a password.
            throw new PatternAnalysisException("InvalidConnectionString",
                $"The connection string can't be read as one of SQLite: {error.Message} Give a file, or 'Data Source=FILE'.", error);
        }
    }
}
