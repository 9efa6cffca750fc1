using System.Management.Automation;
using PatternAnalysis.Notification;
using PatternAnalysis.Storage.Notification;

namespace PatternAnalysis.Commands;

/// <summary>Send-PatternNotification: tells reviewers of patterns that wait for them, once for each pattern.</summary>
[Cmdlet(VerbsCommunications.Send, "PatternNotification", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
public sealed class SendPatternNotificationCommand : DatabaseCommand
{
    private readonly List<PatternApproval> _patterns = [];

    /// <summary>The patterns; those that are not pending, or that reviewers were told of, are passed over.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PatternApproval InputObject { get; set; } = null!;

    /// <summary>The log file that the notification is appended to.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = NotificationLogFile.DefaultPath;

    /// <summary>Emits the patterns that the notification is about.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _patterns.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing() => Guard(() =>
    {
        var log = Resolve(Path);
        var database = OpenDatabase();
        if (!ShouldProcess(log, $"Notify reviewers of pending ones among {_patterns.Count} patterns"))
            return;

        var told = new ReviewerNotifier(database.Approvals, new NotificationLogFile(log)).Notify(_patterns);
        WriteVerbose($"Notified of {told.Count} patterns in {log}.");
        if (PassThru)
            WriteObject(told, enumerateCollection: true);
    }, Path);
}
