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
        Assert.DoesNotContain("t0ps3cret", error.ToString(), StringComparison.Ordinal);

        var settings = Read((secret, "t0ps3cret"), (address, own));
        Assert.Contains("new.example.com", settings.Webhook.Url?.Host ?? settings.Mail.Host, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "sinks": null }""")]
    [InlineData("""{ "log": null }""")]
    [InlineData("""{ "log": { "path": null } }""")]
    [InlineData("""{ "webhook": null }""")]
    [InlineData("""{ "webhook": { "secretHeader": null } }""")]
    [InlineData("""{ "webhook": { "format": null } }""")]
    [InlineData("""{ "webhook": { "timeoutSeconds": null } }""")]
    [InlineData("""{ "mail": null }""")]
    [InlineData("""{ "mail": { "to": null } }""")]
    [InlineData("""{ "mail": { "to": [null] } }""")]
    [InlineData("""{ "mail": { "port": null } }""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_file_with_null_where_a_value_belongs_is_an_error_that_names_the_file(string text)
    {
        File.WriteAllText(_file, text);

        Assert.Contains(_file, Assert.Throws<PatternAnalysisException>(() => Read()).Message, StringComparison.Ordinal);
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

    private NotificationSettings Read(params (string Name, string Value)[] variables) =>
        NotificationSettingsReader.Read(_file, name => variables.FirstOrDefault(variable => variable.Name == name).Value);
}
