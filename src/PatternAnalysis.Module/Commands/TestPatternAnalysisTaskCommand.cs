using System.Management.Automation;
using PatternAnalysis.Scheduling;

namespace PatternAnalysis.Commands;

/// <summary>Test-PatternAnalysisTask: whether registered runs can run, how the last one ended, and when the next one is.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PatternAnalysisTask")]
[OutputType(typeof(ScheduledAnalysisCheck), typeof(bool))]
public sealed class TestPatternAnalysisTaskCommand : TaskCommand
{
    /// <summary>Emits true when all is well, and false otherwise, instead of what was found.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var checks = Find().Select(TaskHealth.Check).ToList();
                if (Quiet)
                    WriteObject(checks.Count > 0 && checks.TrueForAll(check => check.IsHealthy));
                else
                    WriteObject(checks, enumerateCollection: true);
            },
            Name
        );
}
