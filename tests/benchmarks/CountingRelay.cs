using System.Globalization;
using System.Net.Sockets;

namespace PatternAnalysis.Benchmarks;

/// <summary>Stands before a PostgreSQL server's socket and counts the bytes that go through.</summary>
internal sealed class CountingRelay : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _server;
    private long _toServer;
    private long _fromServer;

    /// <param name="serverFolder">Where the server's socket is.</param>
    /// <param name="port">The number in its name.</param>
    public CountingRelay(string serverFolder, int port)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $".s.PGSQL.{port}");
        _server = Path.Combine(serverFolder, name);
        Folder = Directory.CreateTempSubdirectory("pattern-analysis-relay-").FullName;
        var socket = Path.Combine(Folder, name);
        _listener.Bind(new UnixDomainSocketEndPoint(socket));

        // The coordinator's server runs as another user. Sockets in a folder are Unix's.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Folder, (UnixFileMode)0b111_101_101);
            File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        }

        _listener.Listen();
        _ = AcceptAsync();
    }

    /// <summary>Where its own socket is.</summary>
    public string Folder { get; }

    /// <summary>The bytes that went to the server and came from it since they were asked for last.</summary>
    public (long To, long From) Take() => (Interlocked.Exchange(ref _toServer, 0), Interlocked.Exchange(ref _fromServer, 0));

    public void Dispose()
    {
        _listener.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var ofClient = client;
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
        await Task.WhenAll(
            PumpAsync(client, server, count => Interlocked.Add(ref _toServer, count)),
            PumpAsync(server, client, count => Interlocked.Add(ref _fromServer, count))
        );
    }

    private static async Task PumpAsync(Socket from, Socket to, Action<int> count)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer)) > 0; )
            {
                count(read);
                for (var sent = 0; sent < read; )
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // One of the two hung up.
        }
    }
}
