using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Unregister-PatternAnalysisTask: ends a daily run.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "PatternAnalysisTask", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class UnregisterPatternAnalysisTaskCommand : PatternAnalysisCommand
{
    /// <summary>The task's name.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(TaskNameCompleter))]
    public string Name { get; set; } = "Daily";

    /// <summary>The scheduler; by default that of the platform.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PSDefaultValue(Help = "The one that this machine has")]
    public SchedulerKind Scheduler { get; set; } = Schedulers.Default;

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                if (ShouldProcess($"{Scheduler}: {Name}", "Unregister the daily analysis") && !Schedulers.Of(Scheduler).Unregister(Name))
                    WriteError(
                        Errors.Record(
                            new PatternAnalysisException(
                                ErrorCatalogue.TaskNotFound,
                                $"{Scheduler} has no daily analysis '{Name}'. Get-PatternAnalysisTask shows those that it has."
                            ),
                            Name
                        )
                    );
            },
            Name
        );
}
