using PatternAnalysis.Approvals;
using PatternAnalysis.Events;
using PatternAnalysis.Import;
using PatternAnalysis.Masking;
using PatternAnalysis.Mining;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Approvals;
using PatternAnalysis.Storage.Events;
using PatternAnalysis.Storage.Import;
using PatternAnalysis.Storage.Notification;
using PatternAnalysis.Storage.Steps;
using PatternAnalysis.Storage.Usage;

namespace PatternAnalysis.Storage;

/// <summary>
/// A database of hook events and patterns, named as users name it: what the domain asks for, by the domain's contracts. Which store is
/// behind them, <see cref="DatabaseComposition"/> decides.
/// </summary>
public sealed class PatternDatabase
{
    /// <summary>The environment variable that names the database when nothing else does.</summary>
    public const string EnvironmentVariable = "PATTERN_ANALYSIS_DATABASE";

    private readonly TimeZoneInfo? _timeZone;

    internal PatternDatabase(
        string name,
        ISqlDatabase database,
        IHookEventReader events,
        IHookEventWriter eventWriter,
        DerivedSteps steps,
        TimeZoneInfo? timeZone,
        Func<IPatternCounter>? openCounter = null,
        IHookEventReader? nodeEvents = null
    )
    {
        _timeZone = timeZone;
        OpenCounter = openCounter;
        NodeEvents = nodeEvents;
        Name = name;
        Sql = database;
        Events = events;
        Origins = new SessionOriginReader(database);
        EventWriter = eventWriter;
        Steps = steps;
        Approvals = new SqlApprovalStore(database);
        Runs = new SqlRunHistory(database);
        Effects = new EffectTable(database);
        Outbox = new SqlNotificationOutbox(database, TimeProvider.System);
        Index = new EventIndex(database);
        Protection = new EventProtection(database, steps.Upkeep);
        Words = new EventWords(database);
        Retention = new EventRetention(database, steps.Upkeep);
        var usage = new SqlUsageStore(database);
        (Usage, UsageWriter) = (usage, usage);
        ImportMemory = new SqlImportMemory(database);
    }

    /// <summary>The database, as messages name it.</summary>
    public string Name { get; }

    /// <summary>Its hook events.</summary>
    public IHookEventReader Events { get; }

    /// <summary>Where its sessions come from.</summary>
    public ISessionOriginReader Origins { get; }

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

    /// <summary>
    /// Its hook events, read from each server that holds some, all at once; null when it is no database that may be spread over servers.
    /// </summary>
    public IHookEventReader? NodeEvents { get; }

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

    /// <summary>What its events stand for, kept so that it is derived once.</summary>
    public DerivedSteps Steps { get; }

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

    /// <summary>Which application and which person its sessions come from. One pass over the events.</summary>
    /// <param name="messages">Messages of its models; they name applications, too.</param>
    /// <exception cref="PatternAnalysisException">The database can't be read.</exception>
    public SessionOrigins FindOrigins(IEnumerable<MessageUsage> messages) =>
        new(
            new SessionOriginReader(Sql)
                .Read()
                .Concat(
                    messages
                        .Where(message => message.SourceApp is not null)
                        .Select(message => (message.SessionId, new SessionOrigin(SecretMasker.Mask(message.SourceApp!), null)))
                )
        );

    /// <summary>Names a database; it is opened when it is first used.</summary>
    /// <param name="database">
    /// A SQLite file or connection string, or the address (<c>postgres://user@host:port/database</c>) or connection string of a PostgreSQL
    /// database;
    /// null or empty for the one that <see cref="EnvironmentVariable"/> names.
    /// </param>
    /// <param name="options">What the name does not say.</param>
    /// <exception cref="PatternAnalysisException">Nothing names a database, or the connection string can't be read.</exception>
    public static PatternDatabase Open(string? database, DatabaseOptions? options = null) =>
        DatabaseComposition.Open(DatabaseName.Require(database), options ?? DatabaseOptions.None);

    /// <summary>The same for the hook recorder: it waits a second at most for others who write.</summary>
    internal static PatternDatabase OpenForRecording(string? database) =>
        DatabaseComposition.OpenForRecording(DatabaseName.Require(database));
}
