using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PatternAnalysis.Delivery.Tests.Support;

/// <summary>A server that takes every connection and says the same again and again, without end; or nothing.</summary>
internal sealed class EndlessServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _text;
    private readonly TimeSpan _pause;
    private long _sent;

    public EndlessServer(string text, TimeSpan pause, string once = "")
    {
        var repeated = pause == TimeSpan.Zero ? string.Concat(Enumerable.Repeat(text, 10_000)) : text;
        (_text, _pause) = (Encoding.ASCII.GetBytes(repeated), pause);
        _listener.Start();
        _ = Accept(Encoding.ASCII.GetBytes(once));
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How much it could send.</summary>
    public long SentBytes => Interlocked.Read(ref _sent);

    public void Dispose() => _listener.Stop();

    private async Task Accept(byte[] once)
    {
        try
        {
            while (true)
                _ = Talk(await _listener.AcceptTcpClientAsync(), once);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task Talk(TcpClient client, byte[] once)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                await stream.WriteAsync(once);
                while (true)
                {
                    await stream.WriteAsync(_text);
                    Interlocked.Add(ref _sent, _text.Length);
                    if (_pause > TimeSpan.Zero)
                        await Task.Delay(_pause);
                }
            }
            catch (IOException)
            {
                // The client went away.
            }
        }
    }
}
