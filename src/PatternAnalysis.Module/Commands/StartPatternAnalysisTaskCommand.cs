using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Start-PatternAnalysisTask: runs a registered task now, as its scheduler would.</summary>
[Cmdlet(VerbsLifecycle.Start, "PatternAnalysisTask", SupportsShouldProcess = true)]
[OutputType(typeof(ScheduledAnalysisCheck))]
public sealed class StartPatternAnalysisTaskCommand : TaskCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                foreach (var task in Find())
                {
                    if (!ShouldProcess($"{Scheduler}: {task.Name}", "Start the analysis"))
                        continue;
                    Schedulers.Of(Scheduler).Start(task);
                    WriteObject(TaskHealth.Check(task));
                }
            },
            Name
        );
}
