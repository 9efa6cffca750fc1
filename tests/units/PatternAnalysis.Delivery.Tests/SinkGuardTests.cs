using PatternAnalysis.Delivery.Tests.Support;
using PatternAnalysis.Notification;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>What a sink refuses before it sends anything, and whom it does not trust.</summary>
public sealed class SinkGuardTests : IDisposable
{
    private const string InTheClear =
        "The webhook's address must begin with https:// (http:// only to this machine), or anybody on the way reads the patterns and "
        + "the secret.";

    private readonly TestAuthority _own = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _own.Dispose();
        _other.Dispose();
    }

    [Theory]
    [InlineData(null, 10, null, "The webhook has no address. Give its URL.")]
    [InlineData("services/x", 10, null, "The webhook has no address. Give its URL.")]
    [InlineData("http://example.com/", 10, null, InTheClear)]
    [InlineData("ftp://localhost/", 10, null, InTheClear)]
    [InlineData("file:///etc/passwd", 10, null, InTheClear)]
    [InlineData("https://localhost/", 0, null, "The webhook's time-out must lie between 1 and 60 seconds.")]
    [InlineData("https://localhost/", 61, null, "The webhook's time-out must lie between 1 and 60 seconds.")]
    [InlineData("https://localhost/", 10, "a\nX-Other: b", "The webhook's secret holds a character that no header may hold.")]
    [InlineData("https://localhost/", 10, "caf\u00E9", "The webhook's secret holds a character that no header may hold.")]
    public void A_webhook_in_the_clear_without_an_end_or_with_a_secret_that_makes_a_header_of_its_own_is_refused(
        string? url,
        int seconds,
        string? secret,
        string message
    )
    {
        var settings = new WebhookSettings
        {
            Url = url is null ? null : new Uri(url, UriKind.RelativeOrAbsolute),
            TimeoutSeconds = seconds,
            Secret = secret,
        };

        Assert.Equal(message, AssertRefused(() => new WebhookSink(settings)).Message);
    }

    [Theory]
    [InlineData("http://localhost/", 1, " ~")]
    [InlineData("https://example.com/", 60, null)]
    public void What_lies_just_within_the_bounds_is_taken(string url, int seconds, string? secret) =>
        Assert.Equal(
            "Webhook",
            new WebhookSink(
                new WebhookSettings
                {
                    Url = new Uri(url),
                    TimeoutSeconds = seconds,
                    Secret = secret,
                }
            ).Name
        );

    [Fact]
    public async Task A_name_of_a_header_that_is_none_is_refused_before_anything_is_sent()
    {
        await using var server = new HttpServer();
        var settings = new WebhookSettings
        {
            Url = server.Address,
            Secret = "s3cr3t",
            SecretHeader = "no name",
        };

        var error = AssertRefused(() =>
        {
            new WebhookSink(settings).Send(Patterns.Notification("a→b"), default);
            return settings;
        });

        Assert.Equal("'no name' is no name of a header that a request can carry.", error.Message);
        Assert.Empty(server.Requests);
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

    private static PatternAnalysisException AssertRefused(Func<object> make)
    {
        var error = Assert.Throws<PatternAnalysisException>(make);
        Assert.Equal(ErrorCatalogue.InvalidNotificationSettings.Id, error.ErrorId);
        return error;
    }
}
