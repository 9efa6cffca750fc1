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

    /// <summary>Names the database; nothing is opened yet.</summary>
    private protected PatternDatabase OpenDatabase()
    {
        var database = Database ?? Environment.GetEnvironmentVariable(PatternDatabase.EnvironmentVariable);
        return PatternDatabase.Open(string.IsNullOrWhiteSpace(database) || PatternDatabase.IsConnectionString(database) ? database : Resolve(database));
    }
}
