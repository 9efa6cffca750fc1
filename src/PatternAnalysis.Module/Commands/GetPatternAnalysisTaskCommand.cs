using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Get-PatternAnalysisTask: the runs that are registered.</summary>
[Cmdlet(VerbsCommon.Get, "PatternAnalysisTask")]
[OutputType(typeof(ScheduledAnalysis))]
public sealed class GetPatternAnalysisTaskCommand : TaskCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                foreach (var task in Find())
                {
                    foreach (var problem in TaskHealth.Missing(task))
                        WriteWarning($"The task '{task.Name}' can't run: {problem}");
                    WriteObject(task);
                }
            },
            Name
        );
}
