using PatternAnalysis.Events;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Postgres;
using PatternAnalysis.Storage.Sqlite;
using PatternAnalysis.Storage.Steps;

namespace PatternAnalysis.Storage;

/// <summary>Chooses the store that a name means, and puts what works with it behind the domain's contracts.</summary>
internal static class DatabaseComposition
{
    private static readonly TimeSpan s_recordersPatience = TimeSpan.FromSeconds(1);

    /// <summary>The database of a name; it is opened when it is first used.</summary>
    /// <exception cref="PatternAnalysisException">The name can't be read.</exception>
    public static PatternDatabase Open(string name, DatabaseOptions options) =>
        IsPostgres(name) ? OnPostgres(name, options, null) : OnSqlite(new SqliteDatabase(FileOf(name, options)), options);

    /// <summary>The same for the hook recorder, which keeps an agent waiting: it waits a second at most for others who write.</summary>
    /// <exception cref="PatternAnalysisException">The name can't be read.</exception>
    public static PatternDatabase OpenForRecording(string name) =>
        IsPostgres(name)
            ? OnPostgres(name, DatabaseOptions.None, s_recordersPatience)
            : OnSqlite(
                new SqliteDatabase(FileOf(name, DatabaseOptions.None), s_recordersPatience) { WritesQuickly = true },
                DatabaseOptions.None
            );

    private static bool IsPostgres(string name) => DatabaseName.IsConnectionString(name) && PostgresAddress.IsPostgres(name);

    private static PatternDatabase OnPostgres(string name, DatabaseOptions options, TimeSpan? patience)
    {
        var address = PostgresAddress.Parse(name, options);
        var postgres = new PostgresDatabase(address, patience);
        var postgresWriter = new SqlHookEventWriter(
            new PostgresDatabase(address, patience, PostgresDatabase.EventLock),
            new PostgresHookEventSchema()
        );
        return new PatternDatabase(
            postgres.Name,
            postgres,
            InZone(new PostgresHookEventReader(postgres, options.TimeZone), options),
            postgresWriter,
            new DerivedSteps(
                postgres,
                new PostgresNumberedEvents(postgres, options.TimeZone),
                new PostgresStepTable(postgres),
                options.TimeZone
            ),
            options.TimeZone,
            () => new PostgresPatternCounter(postgres, options.TimeZone),
            InZone(new PostgresNodeReader(postgres, options.TimeZone), options)
        );
    }

    private static PatternDatabase OnSqlite(SqliteDatabase sqlite, DatabaseOptions options)
    {
        var writer = new SqlHookEventWriter(sqlite.WithoutForeignKeys(), new SqliteHookEventSchema(sqlite));
        return new PatternDatabase(
            sqlite.Path,
            sqlite,
            InZone(new SqliteHookEventReader(sqlite, options.TimeZone), options),
            writer,
            new DerivedSteps(sqlite, new SqliteNumberedEvents(sqlite, options.TimeZone), new SqliteStepTable(sqlite), options.TimeZone),
            options.TimeZone
        );
    }

    private static IHookEventReader InZone(IHookEventReader reader, DatabaseOptions options) =>
        options.TimeZone is { SupportsDaylightSavingTime: true } zone ? new RepeatedHourReader(reader, zone) : reader;

    private static string FileOf(string name, DatabaseOptions options) =>
        options.Password is null
            ? DatabaseName.FileOf(name)
            : throw new PatternAnalysisException(
                ErrorCatalogue.InvalidConnectionString,
                "A SQLite file has no users. Leave the credential out, or name a PostgreSQL database."
            );
}
