using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery;

/// <summary>
/// Mails notifications. The connection is encrypted in any case: TLS from the start on port 465, else STARTTLS, and a server that offers
/// neither is not used. By MailKit, because .NET's own SmtpClient is not developed further, knows no TLS from the start, and can't be
/// given an authority to trust.
/// </summary>
internal sealed class MailSink : INotificationSink
{
    private const int TlsFromTheStart = 465;
    private const long LongestConversation = 1 << 20;

    private readonly MailSettings _settings;
    private readonly TrustedAuthority? _authority;
    private readonly MailboxAddress _from;
    private readonly IReadOnlyList<MailboxAddress> _to;

    public MailSink(MailSettings settings, TrustedAuthority? authority = null)
    {
        if (string.IsNullOrWhiteSpace(settings.Host))
            throw Bad("The mail has no server. Give its host.");
        if (settings.Port is < 1 or > 65535)
            throw Bad("The mail server's port must lie between 1 and 65535.");
        _from = Address(settings.From, "sender");
        _to = [.. settings.To.Select(address => Address(address, "receiver"))];
        if (_to.Count == 0)
            throw Bad("The mail has no receiver. Give at least one address.");
        _settings = settings;
        _authority = authority;
    }

    /// <summary>How long the server may take for one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the whole conversation may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    public string Name => nameof(SinkKind.Mail);

    public void Send(ReviewNotification notification, CancellationToken cancellationToken)
    {
        using var message = NewMessage(notification);
        try
        {
            using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds, CheckCertificateRevocation = false };
            if (_authority is { } authority)
                client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
                    authority.Accepts(certificate, chain, errors);
            client.Connect(
                Connect(cancellationToken),
                _settings.Host!,
                _settings.Port,
                _settings.Port == TlsFromTheStart ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTls,
                cancellationToken
            );
            if (_settings.User is { Length: > 0 } user)
                client.Authenticate(user, _settings.Password ?? "", cancellationToken);
            client.Send(message, cancellationToken);
            client.Disconnect(quit: true, CancellationToken.None);
        }
        catch (Exception error)
            when (error
                    is ProtocolException
                        or CommandException
                        or AuthenticationException
                        or SslHandshakeException
                        or IOException
                        or SocketException
                        or TimeoutException
                        or NotSupportedException
                        or ServiceNotConnectedException
            )
        {
            throw new PatternAnalysisException(
                ErrorCatalogue.NotificationFailed,
                $"The mail server {_settings.Host}:{_settings.Port} did not take the "
                    + $"notification: {Explain(error)} What it was to be told is kept for the next time."
            );
        }
    }

    private BoundedStream Connect(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(Timeout);
        var client = new TcpClient();
        try
        {
            client.ConnectAsync(_settings.Host!, _settings.Port, stop.Token).AsTask().GetAwaiter().GetResult();
            return new BoundedStream(client.GetStream(), Timeout, Limit, LongestConversation);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            client.Dispose();
            throw new TimeoutException($"It can't be reached within {Timeout.TotalSeconds:0} seconds.");
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    private MimeMessage NewMessage(ReviewNotification notification)
    {
        var message = new MimeMessage
        {
            Subject =
                notification.PatternCount == 1
                    ? "1 new pattern to review"
                    : FormattableString.Invariant($"{notification.PatternCount} new patterns to review"),
            Body = new TextPart("plain") { Text = NotificationMessage.Format(notification) },
            MessageId = $"{notification.NotificationId}@pattern-analysis.invalid",
        };
        message.From.Add(_from);
        message.To.AddRange(_to);
        // Keeps holiday replies away (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    // Not the server's own words on a login: some repeat what they were sent.
    private static string Explain(Exception error) =>
        error switch
        {
            AuthenticationException => "it refused the login.",
            SslHandshakeException => "its certificate is not trusted, or TLS failed.",
            NotSupportedException => "it offers no STARTTLS.",
            SmtpCommandException command => $"it answered {(int)command.StatusCode}.",
            _ => error.Message.TrimEnd('.') + ".",
        };

    private static MailboxAddress Address(string? text, string role) =>
        text is not null && MailboxAddress.TryParse(text, out var address) && address.Address.Contains('@', StringComparison.Ordinal)
            ? address
            : throw Bad($"The mail's {role} is no address.");

    private static PatternAnalysisException Bad(string message) => new(ErrorCatalogue.InvalidNotificationSettings, message);
}
