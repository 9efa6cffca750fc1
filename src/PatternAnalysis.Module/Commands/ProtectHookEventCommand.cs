using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Protect-HookEvent: masks the secrets in events that are stored already.</summary>
[Cmdlet(VerbsSecurity.Protect, "HookEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EventProtectionResult))]
public sealed class ProtectHookEventCommand : WholeDatabaseCommand, IProgress<ProtectionProgress>
{
    /// <summary>Whether to look at all events, also at those that an earlier run looked at.</summary>
    [Parameter]
    public SwitchParameter Again { get; set; }

    private protected override string ProgressTitle => "Masking stored events";

    void IProgress<ProtectionProgress>.Report(ProtectionProgress value) =>
        Stages.Report("Masking", value.Percent, $"{value.LookedAt:N0} of {value.Total:N0} events");

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                if (!ShouldProcess(database.Name, "Mask the secrets in stored events, for good"))
                    return;
                Stages.Report("Masking", 0);
                var result = database.Protection.Run(Again, this, StopToken);
                Stages.Finish($"{result}");
                WriteObject(result);
            },
            Database
        );
}
