using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternAnalysisTask: the daily runs that are registered.</summary>
[Cmdlet(VerbsCommon.Get, "PatternAnalysisTask")]
[OutputType(typeof(ScheduledAnalysis))]
public sealed class GetPatternAnalysisTaskCommand : PatternAnalysisCommand
{
    /// <summary>Only tasks whose name matches this wildcard.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string Name { get; set; } = "*";

    /// <summary>The scheduler; by default that of the platform.</summary>
    [Parameter]
    public SchedulerKind Scheduler { get; set; } = Schedulers.Default;

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                var wanted = WildcardPattern.Get(Name, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
                WriteObject(Schedulers.Of(Scheduler).Find().Where(task => wanted.IsMatch(task.Name)), enumerateCollection: true);
            },
            Name
        );
}
