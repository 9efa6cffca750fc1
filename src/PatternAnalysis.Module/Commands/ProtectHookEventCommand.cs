using System.Management.Automation;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Commands;

/// <summary>Protect-HookEvent: masks the secrets in events that are stored already.</summary>
[Cmdlet(VerbsSecurity.Protect, "HookEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EventProtectionResult))]
public sealed class ProtectHookEventCommand : WholeDatabaseCommand
{
    /// <summary>Whether to look at all events, also at those that an earlier run looked at.</summary>
    [Parameter]
    public SwitchParameter Again { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        Guard(
            () =>
            {
                var database = OpenDatabase();
                if (ShouldProcess(database.Name, "Mask the secrets in stored events, for good"))
                    WriteObject(database.Protection.Run(Again, StopToken));
            },
            Database
        );
}
