using System.ComponentModel;
using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>A cmdlet that works on registered tasks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TaskCommand : PatternAnalysisCommand
{
    /// <summary>Only tasks whose name matches this wildcard.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string Name { get; set; } = "*";

    /// <summary>The scheduler; by default that of the platform.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PSDefaultValue(Help = "The one that this machine has")]
    public SchedulerKind Scheduler { get; set; } = Schedulers.Default;

    /// <summary>The tasks that are meant; one that is named and not there is an error.</summary>
    private protected IReadOnlyList<ScheduledAnalysis> Find()
    {
        var wanted = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
        ScheduledAnalysis[] found = [.. Schedulers.Of(Scheduler).Find().Where(task => wanted.IsMatch(task.Name))];
        if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            WriteError(
                Errors.Record(
                    new PatternAnalysisException(
                        ErrorCatalogue.TaskNotFound,
                        $"{Scheduler} has no analysis '{Name}'. Get-PatternAnalysisTask shows those that it has."
                    ),
                    Name
                )
            );
        }

        return found;
    }
}
