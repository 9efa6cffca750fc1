using MimeKit;
using PatternAnalysis.Delivery.Tests.Support;

namespace PatternAnalysis.Delivery.Tests;

public sealed class MailTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public void A_mail_is_encrypted_by_STARTTLS_and_says_what_waits()
    {
        using var server = new SmtpServer(_authority.Server);
        Send(Settings(server) with { To = ["ada@example.com", "bob@example.com"] }, "Read→Edit", "Build→Test");

        var mail = server.Mails.Single();
        Assert.True(mail.WasEncrypted);
        Assert.Equal(2, mail.Receivers.Count);
        using var message = MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Text)));
        Assert.Equal("2 new patterns to review", message.Subject);
        Assert.Contains("Pattern: Build→Test", message.TextBody, StringComparison.Ordinal);
        Assert.Equal("0123456789abcdef@pattern-analysis.invalid", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("QUIT", server.Lines.Last().Line);
    }

    [Fact]
    public void A_mail_about_one_pattern_says_so()
    {
        using var server = new SmtpServer(_authority.Server);
        Send(Settings(server), "Read→Edit");

        Assert.Contains("\nSubject: 1 new pattern to review\n", server.Mails.Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_logs_in_without_a_password_sends_an_empty_one()
    {
        using var server = new SmtpServer(_authority.Server, "ada", "");
        Send(Settings(server) with { User = "ada" }, "a→b");

        Assert.Single(server.Mails);
    }

    [Fact]
    public void A_server_without_STARTTLS_gets_nothing_and_no_password()
    {
        using var server = new SmtpServer(certificate: null);
        var error = Assert.Throws<PatternAnalysisException>(() =>
            Send(Settings(server) with { User = "ada", Password = "p4ssw0rd" }, "a→b")
        );

        Assert.Contains("STARTTLS", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(
            server.Lines,
            line => line.Line.StartsWith("AUTH", StringComparison.Ordinal) || line.Line.StartsWith("MAIL", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_server_that_offers_logins_but_no_STARTTLS_gets_no_password()
    {
        using var server = new SmtpServer(certificate: null, "ada", "p4ssw0rd");

        Assert.Throws<PatternAnalysisException>(() => Send(Settings(server) with { User = "ada", Password = "p4ssw0rd" }, "a→b"));

        Assert.All(server.Lines, line => Assert.StartsWith("EHLO", line.Line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("220-")]
    [InlineData("220 ok\r\n")]
    [InlineData("x")]
    public void A_server_that_talks_without_end_is_given_up(string text)
    {
        using var server = new EndlessServer(text, pause: TimeSpan.Zero);
        var before = GC.GetTotalAllocatedBytes();

        var error = Assert.Throws<PatternAnalysisException>(() => Send(Settings(server.Port), "a→b"));

        Assert.Equal("NotificationFailed", error.ErrorId);
        if (text == "220-")
            Assert.Contains("It says more than any mail server has to say.", error.Message, StringComparison.Ordinal);
        Assert.True(server.SentBytes < 200 << 20);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 500L << 20);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    public void A_server_that_says_nothing_or_a_letter_now_and_then_is_given_up(string text)
    {
        using var server = new EndlessServer(text, pause: TimeSpan.FromMilliseconds(100));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var sink = new MailSink(Settings(server.Port)) { Timeout = TimeSpan.FromSeconds(1), Limit = TimeSpan.FromSeconds(2) };

        Assert.Throws<PatternAnalysisException>(() => sink.Send(Patterns.Notification("a→b"), patience.Token));
    }

    [Fact]
    public void A_server_whose_certificate_is_not_trusted_gets_nothing()
    {
        using var server = new SmtpServer(_authority.Server);
        var error = Assert.Throws<PatternAnalysisException>(() =>
            new MailSink(Settings(server)).Send(Patterns.Notification("a→b"), default)
        );

        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
    }

    [Fact]
    public void The_login_is_sent_encrypted_only()
    {
        using var server = new SmtpServer(_authority.Server, "ada", "p4ssw0rd");
        Send(Settings(server) with { User = "ada", Password = "p4ssw0rd" }, "a→b");

        Assert.Single(server.Mails);
        Assert.All(
            server.Lines.Where(line => line.Line.StartsWith("AUTH", StringComparison.Ordinal)),
            line => Assert.True(line.IsEncrypted)
        );
    }

    [Fact]
    public void A_refused_login_does_not_tell_the_password()
    {
        using var server = new SmtpServer(_authority.Server, "ada", "other");
        var error = Assert.Throws<PatternAnalysisException>(() =>
            Send(Settings(server) with { User = "ada", Password = "p4ssw0rd" }, "a→b")
        );

        Assert.Contains("refused the login", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("p4ssw0rd", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("\0ada\0p4ssw0rd"u8), error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("452 disk full")]
    [InlineData("554 no")]
    public void A_mail_that_the_server_does_not_take_is_an_error(string answer)
    {
        using var server = new SmtpServer(_authority.Server) { DataAnswer = answer };
        var error = Assert.Throws<PatternAnalysisException>(() => Send(Settings(server), "a→b"));

        Assert.Equal(
            $"The mail server localhost:{server.Port} did not take the notification: it answered {answer[..3]}. "
                + "What it was to be told is kept for the next time.",
            error.Message
        );
    }

    [Fact]
    public void A_dead_server_is_an_error()
    {
        var server = new SmtpServer(_authority.Server);
        var settings = Settings(server);
        server.Dispose();

        var error = Assert.Throws<PatternAnalysisException>(() => Send(settings, "a→b"));

        // Why, in the system's words.
        Assert.Equal("NotificationFailed", error.ErrorId);
        Assert.Matches(
            $@"^The mail server localhost:{settings.Port} did not take the notification: \w.*[^.]\. What it was to be told is kept",
            error.Message
        );
    }

    [Theory]
    [InlineData("ada@example.com\r\nBcc: eve@example.com")]
    [InlineData("no address")]
    [InlineData("")]
    public void A_receiver_or_a_sender_that_is_no_address_is_refused(string address)
    {
        var settings = new MailSettings
        {
            Host = "localhost",
            From = "me@example.com",
            To = ["you@example.com"],
        };

        Refuse(settings with { To = [address] }, "The mail's receiver is no address.");
        Refuse(settings with { From = address }, "The mail's sender is no address.");
    }

    [Fact]
    public void What_a_mail_lacks_is_said()
    {
        Refuse(Settings(25) with { Host = " " }, "The mail has no server. Give its host.");
        Refuse(Settings(25) with { From = null }, "The mail's sender is no address.");
        Refuse(Settings(25) with { To = [] }, "The mail has no receiver. Give at least one address.");
        Refuse(Settings(0), "The mail server's port must lie between 1 and 65535.");
        Refuse(Settings(65536), "The mail server's port must lie between 1 and 65535.");
        Assert.Equal("Mail", new MailSink(Settings(1)).Name);
        Assert.Equal("Mail", new MailSink(Settings(65535)).Name);
    }

    private static void Refuse(MailSettings settings, string message)
    {
        var error = Assert.Throws<PatternAnalysisException>(() => new MailSink(settings));
        Assert.Equal((ErrorCatalogue.InvalidNotificationSettings.Id, message), (error.ErrorId, error.Message));
    }

    private static MailSettings Settings(SmtpServer server) => Settings(server.Port);

    private static MailSettings Settings(int port) =>
        new()
        {
            Host = "localhost",
            Port = port,
            From = "agents@example.com",
            To = ["ada@example.com"],
        };

    private void Send(MailSettings settings, params string[] sequences) =>
        new MailSink(settings, TrustedAuthority.Load(_authority.File)) { Timeout = TimeSpan.FromMinutes(2) }.Send(
            Patterns.Notification(sequences),
            default
        );
}
