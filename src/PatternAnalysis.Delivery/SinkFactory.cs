using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery;

/// <summary>Makes the sinks that settings ask for. Settings that cannot work fail here, before anything is sent.</summary>
public static class SinkFactory
{
    /// <summary>Makes the sinks.</summary>
    /// <exception cref="PatternAnalysisException">A setting is missing or can't work.</exception>
    public static IReadOnlyList<INotificationSink> Create(NotificationSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Sinks.Count == 0)
            throw new PatternAnalysisException(ErrorCatalogue.InvalidNotificationSettings, "No sink is named: give Log, Webhook or Mail.");

        var authority = settings.CertificateAuthority is { } file ? TrustedAuthority.Load(file) : null;
        return
        [
            .. settings
                .Sinks.Distinct()
                .Select(kind =>
                    (INotificationSink)(
                        kind switch
                        {
                            SinkKind.Webhook => new WebhookSink(settings.Webhook, authority),
                            SinkKind.Mail => new MailSink(settings.Mail, authority),
                            _ => new LogFileSink(settings.Log.Path),
                        }
                    )
                ),
        ];
    }
}
