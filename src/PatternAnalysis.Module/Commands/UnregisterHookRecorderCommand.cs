using System.Management.Automation;
using PatternAnalysis.Recording;

namespace PatternAnalysis.Commands;

/// <summary>Unregister-HookRecorder: takes the recorder out of Claude Code's settings.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "HookRecorder", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class UnregisterHookRecorderCommand : HookSettingsCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Guard(() => Change(HookRegistration.Unregister, "Take out the hook recorder"));
}
