using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that uses a database.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DatabaseCommand : PatternAnalysisCommand
{
    /// <summary>The database; <c>$env:PATTERN_ANALYSIS_DATABASE</c> when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
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
    public TimeZoneInfo? DatabaseTimeZone { get; set; }

    /// <summary>Names the database; nothing is opened yet.</summary>
    private protected PatternDatabase OpenDatabase()
    {
        var database = Database ?? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        var options = new DatabaseOptions
        {
            UserName = Credential?.UserName,
            Password = Credential?.GetNetworkCredential().Password,
            TimeZone = DatabaseTimeZone,
        };
        return PatternDatabase.Open(
            string.IsNullOrWhiteSpace(database) || PatternDatabase.IsConnectionString(database) ? database : Resolve(database),
            options
        );
    }
}
