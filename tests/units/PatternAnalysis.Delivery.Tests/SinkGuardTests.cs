using PatternAnalysis.Delivery.Tests.Support;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>What a sink refuses before it sends anything, and whom it does not trust.</summary>
public sealed class SinkGuardTests : IDisposable
{
    private readonly TestAuthority _own = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(0, "ada@example.com")]
    [InlineData(65536, "ada@example.com")]
    [InlineData(-1, "ada@example.com")]
    [InlineData(587, null)]
    public void A_mail_to_nobody_or_to_a_port_that_is_none_is_refused(int port, string? receiver) =>
        AssertRefused(() =>
            new MailSink(
                new MailSettings
                {
                    Host = "localhost",
                    Port = port,
                    From = "me@example.com",
                    To = receiver is null ? [] : [receiver],
                }
            )
        );

    [Theory]
    [InlineData("http://example.com/", 10, null)]
    [InlineData("ftp://localhost/", 10, null)]
    [InlineData("https://localhost/", 0, null)]
    [InlineData("https://localhost/", 61, null)]
    [InlineData("https://localhost/", 10, "a\nX-Other: b")]
    [InlineData("https://localhost/", 10, "caf\u00E9")]
    public void A_webhook_in_the_clear_without_an_end_or_with_a_secret_that_makes_a_header_of_its_own_is_refused(
        string url,
        int seconds,
        string? secret
    ) =>
        AssertRefused(() =>
            new WebhookSink(
                new WebhookSettings
                {
                    Url = new Uri(url),
                    TimeoutSeconds = seconds,
                    Secret = secret,
                }
            )
        );

    [Fact]
    public void A_file_without_a_certificate_makes_nobody_trusted()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "no certificate");
            AssertRefused(() => TrustedAuthority.Load(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_server_of_another_authority_than_the_trusted_one_gets_nothing()
    {
        await using var web = new HttpServer(_other.Server);
        using var mail = new SmtpServer(_other.Server);
        var trusted = TrustedAuthority.Load(_own.File);
        INotificationSink[] sinks =
        [
            new WebhookSink(new WebhookSettings { Url = web.Address, Secret = "s3cr3t" }, trusted),
            new MailSink(
                new MailSettings
                {
                    Host = "localhost",
                    Port = mail.Port,
                    From = "me@example.com",
                    To = ["ada@example.com"],
                },
                trusted
            ),
        ];

        foreach (var sink in sinks)
            Assert.Equal(
                ErrorCatalogue.NotificationFailed.Id,
                Assert.Throws<PatternAnalysisException>(() => sink.Send(Patterns.Notification("a→b"), default)).ErrorId
            );
        Assert.Empty(web.Requests);
        Assert.Empty(mail.Mails);
    }

    [Fact]
    public async Task A_server_plants_no_cookie()
    {
        await using var server = new HttpServer().Then(503, "Set-Cookie", "planted=1");

        new WebhookSink(
            new WebhookSettings { Url = server.Address },
            retry: new RetryPolicy { FirstDelay = TimeSpan.FromMilliseconds(1) }
        ).Send(Patterns.Notification("a→b"), default);

        Assert.Equal(2, server.Requests.Count);
        Assert.DoesNotContain(server.Requests, request => request.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_server_whose_headers_do_not_end_is_no_success()
    {
        await using var server = new HttpServer();
        for (var attempt = 0; attempt < 2; attempt++)
            server.Then(200, "X-Long", new string('x', 24 << 10));

        var error = Assert.Throws<PatternAnalysisException>(() =>
            new WebhookSink(
                new WebhookSettings { Url = server.Address },
                retry: new RetryPolicy { Attempts = 2, FirstDelay = TimeSpan.FromMilliseconds(1) }
            ).Send(Patterns.Notification("a→b"), default)
        );

        Assert.Equal(ErrorCatalogue.NotificationFailed.Id, error.ErrorId);
    }

    private static void AssertRefused(Func<object> make) =>
        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, Assert.Throws<PatternAnalysisException>(make).ErrorId);
}
