using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Remove-HookEvent: ends the keeping of old events; what is known of patterns stays.</summary>
[Cmdlet(VerbsCommon.Remove, "HookEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EventRetentionResult))]
public sealed class RemoveHookEventCommand : WholeDatabaseCommand
{
    /// <summary>
    /// Events of before this moment go: a time, or a number of days as <c>90d</c>, or a <see cref="TimeSpan"/> before now.
    /// </summary>
    [Parameter(Mandatory = true)]
    [Age]
    public DateTimeOffset OlderThan { get; set; }

    private protected override string ProgressTitle => "Removing hook events";

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                Stages.Report("Looking for old events", 0);
                var planned = database.Retention.Remove(OlderThan, DatabaseTimeZone, dryRun: true, StopToken);
                var removes = ShouldProcess(
                    database.Name,
                    $"Remove {planned.RemovedCount:N0} events of before {OlderThan.UtcDateTime:yyyy-MM-dd HH:mm'Z'}, "
                        + $"for good; {planned.KeptCount:N0} stay"
                );
                if (removes)
                    Stages.Report("Removing old events", 50);
                var result = removes ? database.Retention.Remove(OlderThan, DatabaseTimeZone, dryRun: false, StopToken) : planned;
                Stages.Finish($"{result}");
                WriteObject(result);
            },
            Database
        );
}
