using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatternAnalysis.Delivery;

/// <summary>Reads settings: first a file, then environment variables, which win. What a caller was given wins over both.</summary>
public static class NotificationSettingsReader
{
    /// <summary>The environment variable that names the settings file.</summary>
    public const string FileVariable = "PATTERN_ANALYSIS_NOTIFICATION";

    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Dictionary<string, Func<NotificationSettings, string, NotificationSettings>> s_variables = new()
    {
        ["PATTERN_ANALYSIS_SINKS"] = (settings, value) => settings with { Sinks = [.. Split(value).Select(Parse<SinkKind>)] },
        ["PATTERN_ANALYSIS_LOG_PATH"] = (settings, value) => settings with { Log = settings.Log with { Path = value } },
        ["PATTERN_ANALYSIS_WEBHOOK_URL"] = (settings, value) => settings with { Webhook = settings.Webhook with { Url = new Uri(value) } },
        ["PATTERN_ANALYSIS_WEBHOOK_FORMAT"] = (settings, value) =>
            settings with
            {
                Webhook = settings.Webhook with { Format = Parse<WebhookFormat>(value) },
            },
        ["PATTERN_ANALYSIS_WEBHOOK_SECRET"] = (settings, value) => settings with { Webhook = settings.Webhook with { Secret = value } },
        ["PATTERN_ANALYSIS_WEBHOOK_SECRET_HEADER"] = (settings, value) =>
            settings with
            {
                Webhook = settings.Webhook with { SecretHeader = value },
            },
        ["PATTERN_ANALYSIS_SMTP_HOST"] = (settings, value) => settings with { Mail = settings.Mail with { Host = value } },
        ["PATTERN_ANALYSIS_SMTP_PORT"] = (settings, value) =>
            settings with
            {
                Mail = settings.Mail with { Port = int.Parse(value, CultureInfo.InvariantCulture) },
            },
        ["PATTERN_ANALYSIS_SMTP_USER"] = (settings, value) => settings with { Mail = settings.Mail with { User = value } },
        ["PATTERN_ANALYSIS_SMTP_PASSWORD"] = (settings, value) => settings with { Mail = settings.Mail with { Password = value } },
        ["PATTERN_ANALYSIS_MAIL_FROM"] = (settings, value) => settings with { Mail = settings.Mail with { From = value } },
        ["PATTERN_ANALYSIS_MAIL_TO"] = (settings, value) => settings with { Mail = settings.Mail with { To = Split(value) } },
        ["PATTERN_ANALYSIS_CERTIFICATE_AUTHORITY"] = (settings, value) => settings with { CertificateAuthority = value },
    };

    /// <summary>The names of the environment variables that are read.</summary>
    public static IReadOnlyCollection<string> Variables => s_variables.Keys;

    /// <summary>Reads the settings.</summary>
    /// <param name="file">The settings file; null for the one that <see cref="FileVariable"/> names, if any.</param>
    /// <exception cref="PatternAnalysisException">The file or a variable can't be read; the message does not repeat the value.</exception>
    public static NotificationSettings Read(string? file = null) => Read(file, Environment.GetEnvironmentVariable);

    internal static NotificationSettings Read(string? file, Func<string, string?> environment)
    {
        file ??= environment(FileVariable);
        var fromFile = string.IsNullOrWhiteSpace(file) ? new NotificationSettings() : ReadFile(file);
        var settings = Apply(fromFile, environment);
        if (fromFile is { Webhook: { Url: not null, Secret: null } })
            CheckSecret("webhook.url", "PATTERN_ANALYSIS_WEBHOOK_SECRET", "PATTERN_ANALYSIS_WEBHOOK_URL", environment);
        if (fromFile is { Mail: { Host: not null, Password: null } })
            CheckSecret("mail.host", "PATTERN_ANALYSIS_SMTP_PASSWORD", "PATTERN_ANALYSIS_SMTP_HOST", environment);
        return settings;
    }

    private static NotificationSettings Apply(NotificationSettings settings, Func<string, string?> environment)
    {
        foreach (var (name, apply) in s_variables)
        {
            if (environment(name) is not { Length: > 0 } value)
                continue;

            try
            {
                settings = apply(settings, value);
            }
            catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
            {
                throw Bad($"The environment variable {name} can't be read.", null);
            }
        }

        return settings;
    }

    // A secret of the environment is for the address of the environment: a file that names another (a project's, above all) gets none.
    private static void CheckSecret(string setting, string secret, string address, Func<string, string?> environment)
    {
        if (environment(secret) is { Length: > 0 } && environment(address) is not { Length: > 0 })
            throw Bad(
                $"The settings file names an address ({setting}) and the environment a secret ({secret}): who wrote "
                    + $"the file would get the secret. Name the address in {address} as well, or give the secret in the file.",
                null
            );
    }

    private static NotificationSettings ReadFile(string file)
    {
        try
        {
            var settings =
                JsonSerializer.Deserialize<NotificationSettings>(File.ReadAllText(file), s_options)
                ?? throw Bad($"The settings file '{file}' is empty.", null);
            return NullIn(settings) is { } name
                ? throw Bad($"The settings file '{file}' has null for '{name}'. Give a value, or leave it out.", null)
                : settings;
        }
        catch (JsonException error)
        {
            // The position, not the text: the file may hold secrets.
            throw Bad($"The settings file '{file}' can't be read at {error.Path}, line {error.LineNumber + 1}.", null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Bad($"The settings file '{file}' can't be read: {error.Message}", error);
        }
    }

    // A file may say null where the types say that there is something.
    private static string? NullIn(NotificationSettings settings) =>
        settings.Sinks is null ? "sinks"
        : settings.Log is null ? "log"
        : settings.Log.Path is null ? "log.path"
        : settings.Webhook is null ? "webhook"
        : settings.Webhook.SecretHeader is null ? "webhook.secretHeader"
        : settings.Mail is null ? "mail"
        : settings.Mail.To is null ? "mail.to"
        : settings.Mail.To.Any(address => address is null) ? "mail.to"
        : null;

    private static string[] Split(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Enum.Parse alone takes any number for a name.
    private static T Parse<T>(string value)
        where T : struct, Enum =>
        Enum.Parse<T>(value, ignoreCase: true) is var parsed && Enum.IsDefined(parsed) ? parsed : throw new FormatException();

    private static PatternAnalysisException Bad(string message, Exception? inner) =>
        new(ErrorCatalogue.InvalidNotificationSettings, $"{message} See docs/notification.md.", inner);
}
