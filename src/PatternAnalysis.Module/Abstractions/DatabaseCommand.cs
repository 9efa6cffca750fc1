using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that uses a database.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DatabaseCommand : PatternAnalysisCommand
{
    /// <summary>
    /// The database; <c>$env:PATTERN_ANALYSIS_DATABASE</c> when not given. Files come down the pipeline as well, and objects that remember
    /// the database that they come from; of one whose address holds a password they remember nothing, and the environment names it.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public virtual string? Database { get; set; }

    /// <summary>Who logs in to a PostgreSQL server.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// The zone of event times that are stored without one, by its name in IANA's or in Windows' list; UTC when not given.
    /// </summary>
    [Parameter]
    [TimeZone]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    public TimeZoneInfo? DatabaseTimeZone { get; set; }

    /// <summary>The database that is given, or else the one that the environment names.</summary>
    private protected string? NamedDatabase =>
        string.IsNullOrEmpty(Database) ? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable) : Database;

    /// <summary>The database as later cmdlets can open it; null when only its password would let them.</summary>
    private protected string? DatabaseToRemember =>
        NamedDatabase is { Length: > 0 } given
            ? !DatabaseName.IsConnectionString(given)
                ? Resolve(given)
                : DatabaseName.HoldsPassword(given)
                    ? null
                    : given
            : null;

    /// <summary>Refuses an empty name that was typed: only an object that comes down the pipeline may have none.</summary>
    protected override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Database)) && string.IsNullOrEmpty(Database))
        {
            var error = new PatternAnalysisException(ErrorCatalogue.NoDatabase, "The name that -Database was given is empty.");
            ThrowTerminatingError(Errors.Record(error, Database));
        }
    }

    /// <summary>Names the database; nothing is opened yet.</summary>
    private protected PatternDatabase OpenDatabase()
    {
        var database = NamedDatabase;
        var options = new DatabaseOptions
        {
            UserName = Credential?.UserName,
            Password = Credential?.GetNetworkCredential().Password,
            TimeZone = DatabaseTimeZone,
        };
        return PatternDatabase.Open(
            string.IsNullOrWhiteSpace(database) || DatabaseName.IsConnectionString(database) ? database : Resolve(database),
            options
        );
    }

    /// <summary>Names the database, unless a file stands where the id of a pattern belongs.</summary>
    private protected PatternDatabase OpenDatabase(IEnumerable<string> ids)
    {
        foreach (var id in ids)
            PatternIds.RefuseFile(id, Resolve);
        return OpenDatabase();
    }

    /// <summary>
    /// The ids that came, unless it is a file that came down the pipeline: PowerShell takes it for an id as well as for the database.
    /// </summary>
    private protected string[] TakeFile(string[] ids) => ids is [var file] && file == Database ? [] : ids;

    /// <summary>The ids of patterns, as they are stored, of what was typed.</summary>
    private protected static string[] ResolveIds(PatternDatabase database, IEnumerable<string> typed, bool allowsWildcards = false) =>
        PatternIds.Resolve(database.Approvals, typed, allowsWildcards);
}
