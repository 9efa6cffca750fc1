using System.Text.Json;
using PatternAnalysis.Delivery.Tests.Support;

namespace PatternAnalysis.Delivery.Tests;

public class WebhookTests
{
    private const string Secret = "s3cr3t-of-the-webhook";
    private static readonly RetryPolicy s_quick = new()
    {
        FirstDelay = TimeSpan.FromMilliseconds(20),
        LongestDelay = TimeSpan.FromMilliseconds(60),
    };

    [Fact]
    public async Task Slack_gets_blocks_within_its_limits_in_which_nothing_is_a_mention_or_a_link()
    {
        await using var server = new HttpServer();
        var sequences = Enumerable.Range(0, 60).Select(number => $"<!channel>→<https://x|y>→&→{new string('x', 5000)}{number}").ToArray();
        Send(server, new WebhookSettings(), sequences);

        var body = server.Requests.Single().Body;
        using var json = JsonDocument.Parse(body);
        var blocks = json.RootElement.GetProperty("blocks").EnumerateArray().ToArray();
        Assert.Equal(8, blocks.Length);
        Assert.All(blocks, block => Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString()));
        Assert.All(blocks, block => Assert.InRange(block.GetProperty("text").GetProperty("text").GetString()!.Length, 1, 3000));
        Assert.DoesNotContain(blocks, block => block.GetProperty("text").GetProperty("text").GetString()!.AsSpan().ContainsAny('<', '>'));
        Assert.Contains("&lt;!channel&gt;", blocks[2].GetProperty("text").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Contains("... and 55 more.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_webhook_of_a_program_gets_the_numbers()
    {
        await using var server = new HttpServer();
        Send(server, new WebhookSettings { Format = WebhookFormat.Json }, "Read→Edit", "Build→Test");

        using var json = JsonDocument.Parse(server.Requests.Single().Body);
        Assert.Equal(2, json.RootElement.GetProperty("pattern_count").GetInt32());
        Assert.Equal("Build→Test", json.RootElement.GetProperty("patterns")[0].GetProperty("tool_sequence").GetString());
        Assert.Equal(0.9997, json.RootElement.GetProperty("patterns")[0].GetProperty("confidence_score").GetDouble());
    }

    [Theory]
    [InlineData("Authorization", $"Bearer {Secret}")]
    [InlineData("X-Api-Key", Secret)]
    public async Task The_secret_goes_into_its_header_and_nowhere_else(string header, string value)
    {
        await using var server = new HttpServer();
        Send(server, new WebhookSettings { Secret = Secret, SecretHeader = header }, "Read→Edit");

        var request = server.Requests.Single();
        Assert.Equal(value, request.Headers[header]);
        Assert.DoesNotContain(Secret, request.Body + request.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_may_pass_is_tried_again_with_the_same_id()
    {
        await using var server = new HttpServer().Then(503).Then(429, "Retry-After", "0").Then(500);
        Send(server, new WebhookSettings(), "Read→Edit");

        Assert.Equal(4, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Headers["Idempotency-Key"]).Distinct());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(403)]
    [InlineData(302)]
    public async Task A_failure_that_stays_is_not_tried_again_and_a_redirection_is_not_followed(int status)
    {
        await using var other = new HttpServer();
        await using var server = new HttpServer().Then(status, "Location", other.Address.ToString());
        var error = Assert.Throws<PatternAnalysisException>(() => Send(server, new WebhookSettings { Secret = Secret }, "Read→Edit"));

        Assert.Equal("NotificationFailed", error.ErrorId);
        Assert.Contains($"{status}", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task No_error_tells_the_secret_or_the_address()
    {
        await using var server = new HttpServer().Then(500).Then(500).Then(500).Then(500);
        var settings = new WebhookSettings { Secret = Secret };
        var refused = Assert.Throws<PatternAnalysisException>(() => Send(server, settings, "Read→Edit"));
        var gone = server.Address;
        await server.DisposeAsync();
        var unreachable = Assert.Throws<PatternAnalysisException>(() =>
            new WebhookSink(settings with { Url = gone }, null, s_quick).Send(Patterns.Notification("a→b"), default)
        );

        var origin = gone.GetLeftPart(UriPartial.Authority);
        const string Kept = "What it was to be told is kept for the next time.";
        Assert.Equal($"The webhook at {origin} answered 500 (4 attempts). {Kept}", refused.Message);
        Assert.Matches($@"^The webhook at {origin} can't be reached: .+ \(4 attempts\)\. {Kept}$", unreachable.Message);
        Assert.All(
            new[] { refused, unreachable },
            error =>
            {
                Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("very-secret-path", error.ToString(), StringComparison.Ordinal);
            }
        );
        Assert.Equal("WebhookSettings hooks.example.com", (settings with { Url = new Uri("https://hooks.example.com/x") }).ToString());
        Assert.DoesNotContain(Secret, new NotificationSettings { Webhook = settings }.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_given_up()
    {
        await using var server = new HttpServer().ThenWait(TimeSpan.FromMinutes(10));
        Send(server, new WebhookSettings { TimeoutSeconds = 3 }, "Read→Edit");

        // The first request has no answer yet; on a busy machine a later one may be late as well.
        Assert.InRange(server.Requests.Count, 2, s_quick.Attempts);
    }

    [Fact]
    public void A_server_that_says_nothing_is_given_up_and_how_long_it_was_waited_for_is_said()
    {
        using var server = new EndlessServer("", TimeSpan.FromMilliseconds(50));
        var settings = new WebhookSettings { Url = new Uri($"http://localhost:{server.Port}/"), TimeoutSeconds = 1 };

        var error = Assert.Throws<PatternAnalysisException>(() =>
            new WebhookSink(settings, retry: s_quick with { Attempts = 1 }).Send(Patterns.Notification("a→b"), default)
        );

        Assert.Contains($"localhost:{server.Port} did not answer within 1 seconds (1 attempt).", error.Message, StringComparison.Ordinal);
    }

    // Without what the server asks for, it would not be asked again before the test is given up.
    [Theory]
    [InlineData("0")]
    [InlineData("Fri, 02 Jan 2026 03:04:05 GMT")]
    public async Task A_server_that_says_when_to_come_back_is_asked_again_then(string when)
    {
        await using var server = new HttpServer().Then(429, "Retry-After", when);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var patient = new RetryPolicy { FirstDelay = TimeSpan.FromHours(1), LongestDelay = TimeSpan.FromHours(1) };

        new WebhookSink(new WebhookSettings { Url = server.Address }, retry: patient).Send(Patterns.Notification("a→b"), patience.Token);

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n", "X-Header: and so on\r\n")]
    [InlineData("HTTP/1.1 ", "2")]
    public void A_server_whose_answer_does_not_end_is_given_up(string once, string text)
    {
        using var server = new EndlessServer(text, TimeSpan.FromMilliseconds(1), once);
        var settings = new WebhookSettings { Url = new Uri($"http://localhost:{server.Port}/"), TimeoutSeconds = 1 };
        var sink = new WebhookSink(settings, retry: s_quick with { Attempts = 1 });

        Assert.Throws<PatternAnalysisException>(() => sink.Send(Patterns.Notification("a→b"), default));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(86400 * 365)]
    public void A_server_that_asks_to_wait_for_an_hour_is_asked_again_after_half_a_minute(int seconds)
    {
        var retry = new RetryPolicy();

        Assert.Equal(TimeSpan.FromSeconds(30), retry.DelayAfter(1, TimeSpan.FromSeconds(seconds)));
        Assert.Equal(TimeSpan.FromSeconds(20), retry.DelayAfter(1, TimeSpan.FromSeconds(20)));
        Assert.Equal(TimeSpan.Zero, retry.DelayAfter(1, TimeSpan.FromSeconds(-20)));
        Assert.Equal(TimeSpan.FromSeconds(30), retry.DelayAfter(40, null));
    }

    [Fact]
    public async Task Stopping_ends_the_wait_between_attempts()
    {
        await using var server = new HttpServer().Then(503, "Retry-After", "20");
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        Assert.Throws<OperationCanceledException>(() =>
            new WebhookSink(new WebhookSettings { Url = server.Address }).Send(Patterns.Notification("a→b"), stop.Token)
        );
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent()
    {
        using var authority = new TestAuthority();
        await using var server = new HttpServer(authority.Server);
        var error = Assert.Throws<PatternAnalysisException>(() => Send(server, new WebhookSettings { Secret = Secret }, "Read→Edit"));

        Assert.Contains(" (1 attempt).", error.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_certificate_of_a_trusted_authority_is_accepted()
    {
        using var authority = new TestAuthority();
        await using var server = new HttpServer(authority.Server);
        Send(server, new WebhookSettings(), TrustedAuthority.Load(authority.File), "Read→Edit");

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_trusted_authority_does_not_vouch_for_another_name()
    {
        using var authority = new TestAuthority("elsewhere.example");
        await using var server = new HttpServer(authority.Server);

        Assert.Throws<PatternAnalysisException>(() =>
            Send(server, new WebhookSettings(), TrustedAuthority.Load(authority.File), "Read→Edit")
        );
        Assert.Empty(server.Requests);
    }

    private static void Send(HttpServer server, WebhookSettings settings, params string[] sequences) =>
        Send(server, settings, null, sequences);

    private static void Send(HttpServer server, WebhookSettings settings, TrustedAuthority? authority, params string[] sequences) =>
        new WebhookSink(settings with { Url = server.Address }, authority, s_quick).Send(
            Patterns.Notification(sequences),
            CancellationToken.None
        );
}
