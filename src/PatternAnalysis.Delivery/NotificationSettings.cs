namespace PatternAnalysis.Delivery;

/// <summary>Where notifications go, and how they get there. The names are those of the settings file.</summary>
public sealed record NotificationSettings
{
    /// <summary>The sinks to tell; at least one.</summary>
    public IReadOnlyList<SinkKind> Sinks { get; init; } = [SinkKind.Log];

    /// <summary>The log file.</summary>
    public LogSettings Log { get; init; } = new();

    /// <summary>The webhook.</summary>
    public WebhookSettings Webhook { get; init; } = new();

    /// <summary>The mail.</summary>
    public MailSettings Mail { get; init; } = new();

    /// <summary>A PEM file of a certificate authority to trust besides those of the system, for servers inside a company.</summary>
    public string? CertificateAuthority { get; init; }
}

/// <summary>The log file.</summary>
public sealed record LogSettings
{
    /// <summary>The file, below the current folder when it is relative.</summary>
    public string Path { get; init; } = LogFileSink.DefaultPath;
}

/// <summary>The webhook.</summary>
public sealed record WebhookSettings
{
    /// <summary>
    /// The address: https, or http to this machine. It often is a secret itself, so nothing ever shows more than its host.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>What is sent.</summary>
    public WebhookFormat Format { get; init; } = WebhookFormat.Slack;

    /// <summary>A secret that goes into a header, or null.</summary>
    public string? Secret { get; init; }

    /// <summary>The header that the secret goes into; in <c>Authorization</c> it is a bearer token.</summary>
    public string SecretHeader { get; init; } = "Authorization";

    /// <summary>How long one attempt may take, in seconds, from 1 to 60.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    /// <summary>Not the secrets: a record prints its members.</summary>
    public override string ToString() => $"{nameof(WebhookSettings)} {Url?.Host}";
}

/// <summary>The mail.</summary>
public sealed record MailSettings
{
    /// <summary>The mail server.</summary>
    public string? Host { get; init; }

    /// <summary>Its port: 587 for STARTTLS, 465 for TLS from the start.</summary>
    public int Port { get; init; } = 587;

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The receivers' addresses.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Who logs in, or null when the server asks nobody.</summary>
    public string? User { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }

    /// <summary>Not the password: a record prints its members.</summary>
    public override string ToString() => $"{nameof(MailSettings)} {Host}:{Port}";
}
