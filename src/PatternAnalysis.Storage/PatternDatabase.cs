using Microsoft.Data.Sqlite;
using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Mining;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Approvals;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Import;
using PatternAnalysis.Storage.Notification;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Usage;

namespace PatternAnalysis.Storage;

/// <summary>A database of hook events and patterns, named as users name it.</summary>
public sealed class PatternDatabase
{
    /// <summary>The environment variable that names the database when nothing else does.</summary>
    public const string EnvironmentVariable = "PATTERN_ANALYSIS_DATABASE";

    private static readonly TimeSpan s_recordersPatience = TimeSpan.FromSeconds(1);

    private readonly TimeZoneInfo? _timeZone;

    private PatternDatabase(
        string name,
        ISqlDatabase database,
        IHookEventReader events,
        IHookEventWriter eventWriter,
        TimeZoneInfo? timeZone,
        Func<IPatternCounter>? openCounter = null
    )
    {
        _timeZone = timeZone;
        OpenCounter = openCounter;
        Name = name;
        Sql = database;
        Events = events;
        EventWriter = eventWriter;
        Approvals = new SqlApprovalStore(database);
        Runs = new SqlRunHistory(database);
        Effects = new EffectTable(database);
        Outbox = new SqlNotificationOutbox(database, TimeProvider.System);
        Index = new EventIndex(database);
        Protection = new EventProtection(database);
        Words = new EventWords(database);
        Retention = new EventRetention(database);
        var usage = new SqlUsageStore(database);
        (Usage, UsageWriter) = (usage, usage);
        ImportMemory = new SqlImportMemory(database);
    }

    /// <summary>The database, as messages name it.</summary>
    public string Name { get; }

    /// <summary>Its hook events.</summary>
    public IHookEventReader Events { get; }

    /// <summary>Takes further hook events; the first creates the database when it is a file that is missing.</summary>
    public IHookEventWriter EventWriter { get; }

    /// <summary>What the model's messages took, and what is kept of the answers of calls.</summary>
    public IUsageReader Usage { get; }

    /// <summary>Takes further usage; the database must be there.</summary>
    public IUsageWriter UsageWriter { get; }

    /// <summary>Remembers the files whose events are there; the database must be there to be written.</summary>
    public IImportMemory ImportMemory { get; }

    /// <summary>The database itself.</summary>
    internal ISqlDatabase Sql { get; }

    /// <summary>Its patterns.</summary>
    public IPatternApprovalStore Approvals { get; }

    /// <summary>Opens what counts patterns in the database itself; null when it can't.</summary>
    public Func<IPatternCounter>? OpenCounter { get; }

    /// <summary>The runs that were saved there.</summary>
    public IRunHistory Runs { get; }

    /// <summary>What became of the approved ones.</summary>
    public IEffectStore Effects { get; }

    /// <summary>What reviewers were told of them.</summary>
    public INotificationOutbox Outbox { get; }

    /// <summary>The index that makes reading its events faster.</summary>
    public EventIndex Index { get; }

    /// <summary>What masks the events that it holds.</summary>
    public EventProtection Protection { get; }

    /// <summary>What its latest events are called.</summary>
    public EventWords Words { get; }

    /// <summary>Removes old events.</summary>
    public EventRetention Retention { get; }

    /// <summary>Says why a query found no session, by the latest events of the database.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public string ExplainEmpty(EventQuery query, EventReading reading) =>
        EmptyReading.Explain(query, reading, new LatestEvents(Sql, _timeZone).CountByType());

    /// <summary>Takes back what a program that was ended while it wrote had begun: for who is about to save, and reads first.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be written.</exception>
    public void FinishInterruptedWrite() => Sql.FinishInterruptedWrite();

    /// <summary>The applications that its events come from, the latest to be heard of first. One pass over the events.</summary>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public EventSource[] FindSources() => new EventSources(Sql, _timeZone).Find();

    /// <summary>Names a database; it is opened when it is first used.</summary>
    /// <param name="database">
    /// A SQLite file or connection string, or the address (<c>postgres://user@host:port/database</c>) or connection string of a PostgreSQL
    /// database;
    /// null or empty for the one that <see cref="EnvironmentVariable"/> names.
    /// </param>
    /// <param name="options">What the name does not say.</param>
    /// <exception cref="PatternAnalysisException">Nothing names a database, or the connection string can't be read.</exception>
    public static PatternDatabase Open(string? database, DatabaseOptions? options = null) =>
        Open(database, options, path => new SqliteDatabase(path), null);

    /// <summary>The same for the hook recorder: it waits a second at most for others who write.</summary>
    internal static PatternDatabase OpenForRecording(string? database) =>
        Open(database, null, path => new SqliteDatabase(path, s_recordersPatience) { WritesQuickly = true }, s_recordersPatience);

    private static PatternDatabase Open(
        string? database,
        DatabaseOptions? options,
        Func<string, SqliteDatabase> sqliteFile,
        TimeSpan? patience
    )
    {
        options ??= DatabaseOptions.None;
        if (string.IsNullOrWhiteSpace(database))
            database = Environment.GetEnvironmentVariable(EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(database))
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.NoDatabase,
                $"No database is named. Give one (a SQLite file, or postgres://user@host/database), or set the environment variable {EnvironmentVariable}."
            );
        }

        if (IsConnectionString(database) && PostgresAddress.IsPostgres(database))
        {
            var address = PostgresAddress.Parse(database, options);
            var postgres = new PostgresDatabase(address, patience);
            var postgresWriter = new SqlHookEventWriter(
                new PostgresDatabase(address, patience, PostgresDatabase.EventLock),
                new PostgresHookEventSchema()
            );
            return new PatternDatabase(
                postgres.Name,
                postgres,
                new PostgresHookEventReader(postgres, options.TimeZone),
                postgresWriter,
                options.TimeZone,
                () => new PostgresPatternCounter(postgres)
            );
        }

        if (options.Password is not null)
            throw new PatternAnalysisException(
                ErrorCatalogue.InvalidConnectionString,
                "A SQLite file has no users. Leave the credential out, or name a PostgreSQL database."
            );

        var sqlite = sqliteFile(FileOf(database));
        var writer = new SqlHookEventWriter(sqlite.WithoutForeignKeys(), new SqliteHookEventSchema(sqlite));
        return new PatternDatabase(sqlite.Path, sqlite, new SqliteHookEventReader(sqlite, options.TimeZone), writer, options.TimeZone);
    }

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

    private static string FileOf(string database)
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
