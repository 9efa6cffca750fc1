using System.Text.Json;
using MimeKit;
using PatternAnalysis.Delivery.Tests.Support;
using PatternAnalysis.Tests.Support;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>The same hostile texts as everywhere else, in what is sent: a chat, another program, a mail, a log.</summary>
public sealed class HostileTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pattern-analysis-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(WebhookFormat.Slack)]
    [InlineData(WebhookFormat.Json)]
    public async Task What_is_posted_is_seen_and_mentions_nobody(WebhookFormat format)
    {
        await using var server = new HttpServer();
        var sink = new WebhookSink(new WebhookSettings { Url = server.Address, Format = format });
        foreach (var texts in HostileTexts.All.Chunk(5))
            sink.Send(Notify(texts), default);

        Assert.All(
            server.Requests,
            request =>
            {
                HostileTexts.AssertVisible(request.Body);
                using var json = JsonDocument.Parse(request.Body);
                foreach (var text in Texts(json.RootElement))
                {
                    HostileTexts.AssertVisible(text);
                    if (format == WebhookFormat.Slack)
                        Assert.DoesNotContain(text, character => character is '<' or '>');
                }
            }
        );
    }

    [Fact]
    public void What_is_logged_is_seen_and_forges_no_line()
    {
        foreach (var texts in HostileTexts.All.Chunk(5))
        {
            var log = Path.Combine(_folder, "log");
            new LogFileSink(log).Send(Notify(texts), default);
            var text = File.ReadAllText(log);
            HostileTexts.AssertVisible(text);
            Assert.Single(text.Split('\n'), line => line.StartsWith('['));
            Assert.DoesNotContain(text.Split('\n'), line => line.TrimStart().StartsWith("forged", StringComparison.Ordinal));
            File.Delete(log);
        }
    }

    [Fact]
    public void What_is_mailed_is_seen_and_holds_no_header_of_a_text()
    {
        using var authority = new TestAuthority();
        using var server = new SmtpServer(authority.Server);
        var settings = new MailSettings
        {
            Host = "localhost",
            Port = server.Port,
            From = "agents@example.com",
            To = ["ada@example.com"],
        };
        foreach (var texts in HostileTexts.All.Chunk(5))
            new MailSink(settings, TrustedAuthority.Load(authority.File)) { Timeout = TimeSpan.FromMinutes(2) }.Send(
                Notify(texts),
                default
            );

        foreach (var mail in server.Mails)
        {
            using var message = MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Text)));
            var body = message.TextBody!;
            HostileTexts.AssertVisible(body);
            Assert.DoesNotContain(body.Split('\n'), line => line.StartsWith("forged", StringComparison.Ordinal));
            Assert.Equal(
                [
                    "Auto-Submitted",
                    "Content-Transfer-Encoding",
                    "Content-Type",
                    "Date",
                    "From",
                    "Message-Id",
                    "MIME-Version",
                    "Subject",
                    "To",
                ],
                message
                    .Headers.Concat(message.Body!.Headers)
                    .Select(header => header.Field)
                    .Distinct()
                    .Order(StringComparer.OrdinalIgnoreCase)
            );
        }
    }

    private static PatternAnalysis.Notification.ReviewNotification Notify(string[] texts) =>
        new(
            [
                .. texts.Select(text =>
                    Patterns.Pending($"Read→{text}") with
                    {
                        PatternId = text,
                        Status = text,
                        PatternContext = text,
                        ExampleSessions = [text],
                    }
                ),
            ],
            "0123456789abcdef"
        );

    private static IEnumerable<string> Texts(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.String => [json.GetString()!],
            JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
            JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Texts(field.Value)),
            _ => [],
        };
}
