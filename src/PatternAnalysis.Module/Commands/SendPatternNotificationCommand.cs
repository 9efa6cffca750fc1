using System.Management.Automation;
using System.Net;
using PatternAnalysis.Approvals;
using PatternAnalysis.Delivery;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Commands;

/// <summary>Send-PatternNotification: tells reviewers of patterns that wait for them, once at each sink.</summary>
[Cmdlet(VerbsCommunications.Send, "PatternNotification", SupportsShouldProcess = true)]
[OutputType(typeof(PatternApproval))]
public sealed class SendPatternNotificationCommand : DatabaseCommand
{
    private readonly List<PatternApproval> _patterns = [];

    /// <summary>
    /// The patterns; those that are not pending, or that reviewers were told of, are passed over. Without any, all that are stored.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    public PatternApproval? InputObject { get; set; }

    /// <summary>The log file that the notification is appended to.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Where the notification goes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public SinkKind[]? Sink { get; set; }

    /// <summary>The settings file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SettingsPath { get; set; }

    /// <summary>The webhook's address.</summary>
    [Parameter]
    public Uri? WebhookUrl { get; set; }

    /// <summary>What the webhook is sent.</summary>
    [Parameter]
    public WebhookFormat? WebhookFormat { get; set; }

    /// <summary>The secret that the webhook gets in a header.</summary>
    [Parameter]
    public System.Security.SecureString? WebhookSecret { get; set; }

    /// <summary>The header of the secret.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? WebhookSecretHeader { get; set; }

    /// <summary>The mail server.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MailServer { get; set; }

    /// <summary>Its port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int? MailPort { get; set; }

    /// <summary>The mail's sender.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? MailFrom { get; set; }

    /// <summary>The mail's receivers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? MailTo { get; set; }

    /// <summary>Who logs in to the mail server.</summary>
    [Parameter]
    [Credential]
    public PSCredential? MailCredential { get; set; }

    /// <summary>A PEM file of an authority to trust besides those of the system.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthority { get; set; }

    /// <summary>Emits the patterns that some sink was told of.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _patterns.Add(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing() =>
        Guard(
            () =>
            {
                var settings = ReadSettings();
                var sinks = SinkFactory.Create(settings);
                var database = OpenDatabase();
                var patterns =
                    MyInvocation.ExpectingInput || _patterns.Count > 0
                        ? _patterns
                        : database.Approvals.Find(new ApprovalQuery { Status = [PatternStatus.Pending] });
                if (!ShouldProcess(string.Join(", ", settings.Sinks), $"Notify reviewers of pending ones among {patterns.Count} patterns"))
                    return;

                var outcomes = new ReviewerNotifier(database.Outbox, sinks).Notify(patterns, StopToken);
                foreach (var outcome in outcomes)
                {
                    if (outcome.Error is { } error)
                        WriteError(Errors.Record(error, outcome.Sink));
                    else
                        WriteVerbose($"Notified of {outcome.Patterns.Count} patterns: {outcome.Sink}.");
                }

                if (PassThru)
                    WriteObject(
                        outcomes
                            .Where(outcome => outcome.Error is null)
                            .SelectMany(outcome => outcome.Patterns)
                            .DistinctBy(pattern => pattern.PatternId),
                        enumerateCollection: true
                    );
            },
            Path
        );

    private NotificationSettings ReadSettings()
    {
        var settings = NotificationSettingsReader.Read(SettingsPath is null ? null : Resolve(SettingsPath));
        var (webhook, mail) = (settings.Webhook, settings.Mail);
        return settings with
        {
            Sinks = Sink ?? settings.Sinks,
            Log = new LogSettings { Path = Resolve(Path ?? settings.Log.Path) },
            Webhook = webhook with
            {
                Url = WebhookUrl ?? webhook.Url,
                Format = WebhookFormat ?? webhook.Format,
                Secret = WebhookSecret is null ? webhook.Secret : new NetworkCredential("", WebhookSecret).Password,
                SecretHeader = WebhookSecretHeader ?? webhook.SecretHeader,
            },
            Mail = mail with
            {
                Host = MailServer ?? mail.Host,
                Port = MailPort ?? mail.Port,
                From = MailFrom ?? mail.From,
                To = MailTo ?? mail.To,
                User = MailCredential?.UserName ?? mail.User,
                Password = MailCredential?.GetNetworkCredential().Password ?? mail.Password,
            },
            CertificateAuthority = CertificateAuthority is null ? settings.CertificateAuthority : Resolve(CertificateAuthority),
        };
    }
}
