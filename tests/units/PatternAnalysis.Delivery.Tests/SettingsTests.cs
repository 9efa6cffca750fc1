namespace PatternAnalysis.Delivery.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_file_gives_every_setting()
    {
        File.WriteAllText(
            _file,
            """
            {
              "sinks": ["Log", "Webhook", "Mail"],
              "log": { "path": "told.log" },
              "webhook": { "url": "https://hooks.example.com/x", "format": "Json", "secret": "s", "secretHeader": "X-Key",
                "timeoutSeconds": 5 },
              "mail": { "host": "mail.example.com", "port": 465, "from": "a@example.com", "to": ["b@example.com"], "user": "u",
                "password": "p" },
              "certificateAuthority": "ca.pem"
            }
            """
        );
        var settings = Read();

        Assert.Equal([SinkKind.Log, SinkKind.Webhook, SinkKind.Mail], settings.Sinks);
        Assert.Equal(
            (WebhookFormat.Json, "s", "X-Key", 5),
            (settings.Webhook.Format, settings.Webhook.Secret, settings.Webhook.SecretHeader, settings.Webhook.TimeoutSeconds)
        );
        Assert.Equal(
            ("mail.example.com", 465, "u", "p"),
            (settings.Mail.Host, settings.Mail.Port, settings.Mail.User, settings.Mail.Password)
        );
        Assert.Equal("told.log", settings.Log.Path);
        Assert.Equal("ca.pem", settings.CertificateAuthority);
    }

    [Fact]
    public void A_file_may_be_written_by_hand_with_remarks_in_any_case_and_with_a_comma_too_many()
    {
        File.WriteAllText(
            _file,
            """
            {
              // who is told
              "Sinks": ["mail",],
              "MAIL": { "Host": "mail.example.com" },
            }
            """
        );

        Assert.Equal("mail.example.com", Read().Mail.Host);
    }

    [Fact]
    public void Every_variable_sets_its_setting()
    {
        Dictionary<string, (string Value, Func<NotificationSettings, object?> Get)> variables = new()
        {
            ["PATTERN_ANALYSIS_SINKS"] = ("Mail,", settings => settings.Sinks.Single()),
            ["PATTERN_ANALYSIS_LOG_PATH"] = ("told.log", settings => settings.Log.Path),
            ["PATTERN_ANALYSIS_WEBHOOK_URL"] = ("https://example.com/x", settings => settings.Webhook.Url),
            ["PATTERN_ANALYSIS_WEBHOOK_FORMAT"] = ("Json", settings => settings.Webhook.Format),
            ["PATTERN_ANALYSIS_WEBHOOK_SECRET"] = ("s3cr3t", settings => settings.Webhook.Secret),
            ["PATTERN_ANALYSIS_WEBHOOK_SECRET_HEADER"] = ("X-Key", settings => settings.Webhook.SecretHeader),
            ["PATTERN_ANALYSIS_SMTP_HOST"] = ("mail.example.com", settings => settings.Mail.Host),
            ["PATTERN_ANALYSIS_SMTP_PORT"] = ("465", settings => settings.Mail.Port),
            ["PATTERN_ANALYSIS_SMTP_USER"] = ("ada", settings => settings.Mail.User),
            ["PATTERN_ANALYSIS_SMTP_PASSWORD"] = ("p4ssw0rd", settings => settings.Mail.Password),
            ["PATTERN_ANALYSIS_MAIL_FROM"] = ("me@example.com", settings => settings.Mail.From),
            ["PATTERN_ANALYSIS_MAIL_TO"] = ("you@example.com", settings => settings.Mail.To.Single()),
            ["PATTERN_ANALYSIS_CERTIFICATE_AUTHORITY"] = ("ca.pem", settings => settings.CertificateAuthority),
        };

        Assert.Equal(variables.Keys.Order(), NotificationSettingsReader.Variables.Order());
        foreach (var (name, (value, get)) in variables)
        {
            var settings = NotificationSettingsReader.Read(null, variable => variable == name ? value : null);
            Assert.Equal(value.TrimEnd(','), $"{get(settings)}");
            Assert.NotEqual(value, $"{get(new NotificationSettings { Sinks = [SinkKind.Log], Mail = new MailSettings { To = ["x"] } })}");
        }
    }

    [Fact]
    public void A_variable_names_the_file_and_without_one_the_log_is_told()
    {
        File.WriteAllText(_file, """{ "sinks": ["Mail"] }""");

        var settings = NotificationSettingsReader.Read(null, name => name == "PATTERN_ANALYSIS_NOTIFICATION" ? _file : null);
        Assert.Equal([SinkKind.Mail], settings.Sinks);

        settings = NotificationSettingsReader.Read(null, _ => null);
        Assert.Equal([SinkKind.Log], settings.Sinks);
        Assert.Equal(Path.Combine("logs", "pattern_notifications.log"), settings.Log.Path);
        Assert.Equal([SinkKind.Log], NotificationSettingsReader.Read(" ", _ => null).Sinks);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_says_why()
    {
        var error = Assert.Throws<PatternAnalysisException>(() => NotificationSettingsReader.Read(_file + ".none", _ => null));

        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, error.ErrorId);
        Assert.Matches("^The settings file '.+\\.none' can't be read: .+ See docs/notification\\.md\\.$", error.Message);
    }

    [Fact]
    public void A_variable_wins_over_the_file()
    {
        File.WriteAllText(_file, """{ "webhook": { "url": "https://old.example.com/", "secret": "old" } }""");
        var settings = Read(
            ("PATTERN_ANALYSIS_WEBHOOK_SECRET", "new"),
            ("PATTERN_ANALYSIS_SINKS", "webhook, mail"),
            ("PATTERN_ANALYSIS_MAIL_TO", "a@b.c, d@e.f")
        );

        Assert.Equal("new", settings.Webhook.Secret);
        Assert.Equal("old.example.com", settings.Webhook.Url!.Host);
        Assert.Equal([SinkKind.Webhook, SinkKind.Mail], settings.Sinks);
        Assert.Equal(["a@b.c", "d@e.f"], settings.Mail.To);
    }

    [Theory]
    [InlineData(
        """{ "webhook": { "url": "https://old.example.com/" } }""",
        "PATTERN_ANALYSIS_WEBHOOK_SECRET",
        "PATTERN_ANALYSIS_WEBHOOK_URL",
        "https://new.example.com/"
    )]
    [InlineData(
        """{ "mail": { "host": "old.example.com" } }""",
        "PATTERN_ANALYSIS_SMTP_PASSWORD",
        "PATTERN_ANALYSIS_SMTP_HOST",
        "new.example.com"
    )]
    public void A_file_that_names_only_an_address_never_gets_the_secret_of_the_environment(
        string file,
        string secret,
        string address,
        string own
    )
    {
        File.WriteAllText(_file, file);

        var error = Assert.Throws<PatternAnalysisException>(() => Read((secret, "t0ps3cret")));
        Assert.Contains(secret, error.Message, StringComparison.Ordinal);
        Assert.Contains(
            $"who wrote the file would get the secret. Name the address in {address} as well, or give the secret in the file.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("t0ps3cret", error.ToString(), StringComparison.Ordinal);

        var settings = Read((secret, "t0ps3cret"), (address, own));
        Assert.Contains("new.example.com", settings.Webhook.Url?.Host ?? settings.Mail.Host, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "sinks": null }""", "has null for 'sinks'. Give a value, or leave it out.")]
    [InlineData("""{ "log": null }""", "has null for 'log'.")]
    [InlineData("""{ "log": { "path": null } }""", "has null for 'log.path'.")]
    [InlineData("""{ "webhook": null }""", "has null for 'webhook'.")]
    [InlineData("""{ "webhook": { "secretHeader": null } }""", "has null for 'webhook.secretHeader'.")]
    [InlineData("{ \"webhook\": {\n\"format\": null } }", "can't be read at $.webhook.format, line 2.")]
    [InlineData("""{ "webhook": { "timeoutSeconds": null } }""", "can't be read at $.webhook.timeoutSeconds, line 1.")]
    [InlineData("""{ "mail": null }""", "has null for 'mail'.")]
    [InlineData("""{ "mail": { "to": null } }""", "has null for 'mail.to'.")]
    [InlineData("""{ "mail": { "to": [null] } }""", "has null for 'mail.to'.")]
    [InlineData("""{ "mail": { "port": null } }""", "can't be read at $.mail.port, line 1.")]
    [InlineData("null", "is empty.")]
    [InlineData("[]", "can't be read at $, line 1.")]
    [InlineData("", "can't be read at $, line 1.")]
    public void A_file_with_null_where_a_value_belongs_is_an_error_that_names_the_file_and_the_place(string text, string message)
    {
        File.WriteAllText(_file, text);

        var error = Assert.Throws<PatternAnalysisException>(() => Read());
        Assert.StartsWith($"The settings file '{_file}' {message}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "webhook": { "secret": "t0ps3cret", "utl": 1 } }""")]
    [InlineData("""{ "webhook": { "secret": "t0ps3cret" """)]
    [InlineData("""{ "mail": { "password": t0ps3cret } }""")]
    public void A_file_that_can_not_be_read_is_an_error_that_does_not_repeat_it(string text)
    {
        File.WriteAllText(_file, text);
        var error = Assert.Throws<PatternAnalysisException>(() => Read());

        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, error.ErrorId);
        Assert.Contains(_file, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("t0ps3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATTERN_ANALYSIS_SMTP_PORT", "x9y")]
    [InlineData("PATTERN_ANALYSIS_WEBHOOK_URL", "x9y")]
    [InlineData("PATTERN_ANALYSIS_SINKS", "Log,x9y")]
    [InlineData("PATTERN_ANALYSIS_SINKS", "17")]
    public void A_variable_that_can_not_be_read_is_named_and_not_repeated(string name, string value)
    {
        var error = Assert.Throws<PatternAnalysisException>(() =>
            NotificationSettingsReader.Read(null, variable => variable == name ? value : null)
        );

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sink_that_lacks_a_setting_fails_before_anything_is_sent()
    {
        foreach (var kind in new[] { SinkKind.Webhook, SinkKind.Mail })
            Assert.Equal(
                ErrorCatalogue.InvalidNotificationSettings.Id,
                Assert.Throws<PatternAnalysisException>(() => SinkFactory.Create(new NotificationSettings { Sinks = [kind] })).ErrorId
            );
    }

    [Fact]
    public void Each_kind_of_sink_that_is_named_is_made_once()
    {
        var settings = new NotificationSettings
        {
            Sinks = [SinkKind.Mail, SinkKind.Log, SinkKind.Webhook, SinkKind.Log],
            Webhook = new WebhookSettings { Url = new Uri("https://example.com/") },
            Mail = new MailSettings
            {
                Host = "mail.example.com",
                From = "a@b.c",
                To = ["d@e.f"],
            },
        };

        Assert.Equal(["Mail", "Log", "Webhook"], SinkFactory.Create(settings).Select(sink => sink.Name));
        Assert.Equal("MailSettings mail.example.com:587", (settings.Mail with { Password = "p4ssw0rd" }).ToString());
    }

    [Fact]
    public void To_tell_nobody_is_an_error_that_says_who_could_be_told()
    {
        var error = Assert.Throws<PatternAnalysisException>(() => SinkFactory.Create(new NotificationSettings { Sinks = [] }));

        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, error.ErrorId);
        Assert.Equal("No sink is named: give Log, Webhook or Mail.", error.Message);
    }

    private NotificationSettings Read(params (string Name, string Value)[] variables) =>
        NotificationSettingsReader.Read(_file, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
