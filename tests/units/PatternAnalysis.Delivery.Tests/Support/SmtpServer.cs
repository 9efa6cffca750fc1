using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace PatternAnalysis.Delivery.Tests.Support;

/// <summary>
/// A real mail server on this machine: SMTP (RFC 5321) with STARTTLS (RFC 3207) and AUTH (RFC 4954), as far as one client needs it.
/// </summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly string? _login;

    /// <summary>Starts the server.</summary>
    /// <param name="certificate">Null for one that offers no STARTTLS.</param>
    /// <param name="user">Null for one that asks nobody to log in.</param>
    /// <param name="password">The password.</param>
    public SmtpServer(X509Certificate2? certificate, string? user = null, string? password = null)
    {
        _certificate = certificate;
        _login = user is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
        _listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The answer to every mail; 250 takes it.</summary>
    public string DataAnswer { get; set; } = "250 taken";

    public ConcurrentQueue<Mail> Mails { get; } = new();

    /// <summary>Every line that came in, and whether it was encrypted.</summary>
    public ConcurrentQueue<(string Line, bool IsEncrypted)> Lines { get; } = new();

    public void Dispose() => _listener.Stop();

    private async Task Accept()
    {
        try
        {
            while (true)
                _ = Serve(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                await Talk(client.GetStream());
            }
            catch (Exception error) when (error is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client went away, or did not trust the certificate.
            }
        }
    }

    private async Task Talk(Stream stream)
    {
        var isLoggedIn = _login is null;
        var receivers = new List<string>();
        await Say(stream, "220 localhost ESMTP");
        while (await ReadLine(stream) is { } line)
        {
            var isEncrypted = stream is SslStream;
            Lines.Enqueue((line, isEncrypted));
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    var offers =
                        _certificate is not null && !isEncrypted ? "250-localhost\r\n250-STARTTLS\r\n250 8BITMIME"
                        : _login is not null ? "250-localhost\r\n250-AUTH PLAIN\r\n250 8BITMIME"
                        : "250 localhost";
                    await Say(stream, offers);
                    break;
                case "STARTTLS":
                    await Say(stream, "220 go ahead");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate!);
                    stream = tls;
                    break;
                case "AUTH":
                    isLoggedIn = line == $"AUTH PLAIN {_login}";
                    await Say(stream, isLoggedIn ? "235 welcome" : $"535 no: {line}");
                    break;
                case "MAIL":
                    await Say(stream, isLoggedIn ? "250 ok" : "530 log in first");
                    break;
                case "RCPT":
                    receivers.Add(line);
                    await Say(stream, "250 ok");
                    break;
                case "DATA":
                    await Say(stream, "354 go on");
                    var text = new StringBuilder();
                    while (await ReadLine(stream) is { } data && data != ".")
                        text.Append(data.StartsWith('.') ? data[1..] : data).Append('\n');
                    if (DataAnswer.StartsWith('2'))
                        Mails.Enqueue(new Mail([.. receivers], text.ToString(), isEncrypted));
                    await Say(stream, DataAnswer);
                    break;
                case "QUIT":
                    await Say(stream, "221 bye");
                    return;
                default:
                    await Say(stream, "250 ok");
                    break;
            }
        }
    }

    private static async Task Say(Stream stream, string line) => await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    // Byte by byte: what a reader took in advance would be lost to TLS.
    private static async Task<string?> ReadLine(Stream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
                return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
            bytes.Add(one[0]);
        }

        return null;
    }

    internal sealed record Mail(IReadOnlyList<string> Receivers, string Text, bool WasEncrypted);
}
