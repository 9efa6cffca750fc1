using System.Net;
using System.Net.Sockets;

namespace PatternAnalysis.Delivery.Tests;

/// <summary>A server that nobody vouches for can neither hold a run nor fill its memory.</summary>
public sealed class BoundedStreamTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TcpClient _client = new();
    private readonly TcpClient _server;

    public BoundedStreamTests()
    {
        _listener.Start();
        _client.Connect((IPEndPoint)_listener.LocalEndpoint);
        _server = _listener.AcceptTcpClient();
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void It_may_say_so_much_and_not_a_byte_more()
    {
        using var stream = Bounded(s_long, s_long, byteLimit: 3);
        _server.GetStream().Write("ab"u8);
        _server.GetStream().Write("cd"u8);

        Assert.Equal("abc"u8.ToArray(), (byte[])[Next(stream), Next(stream), Next(stream)]);
        var error = Assert.Throws<IOException>(() => Next(stream));
        Assert.Equal("It says more than any mail server has to say.", error.Message);
    }

    [Fact]
    public void When_the_time_of_the_conversation_is_over_nothing_is_read_or_written_any_more()
    {
        using var stream = Bounded(s_long, TimeSpan.Zero);
        _server.GetStream().Write("a"u8);

        var error = Assert.Throws<TimeoutException>(() => Next(stream));
        Assert.Equal("It took longer than 0 seconds in all.", error.Message);
        Assert.Throws<TimeoutException>(() => stream.Write("a"u8.ToArray(), 0, 1));
    }

    [Fact]
    public void An_answer_is_not_waited_for_as_long_as_the_conversation_may_take()
    {
        using var stream = Bounded(TimeSpan.FromMilliseconds(50), s_long);

        Assert.Throws<IOException>(() => Next(stream));
    }

    [Theory]
    [InlineData(Timeout.Infinite)]
    [InlineData(0)]
    [InlineData(int.MaxValue)]
    public void Whoever_waits_for_an_answer_without_end_waits_until_the_conversation_is_over(int timeout)
    {
        using var stream = Bounded(s_long, TimeSpan.FromMilliseconds(200));
        stream.ReadTimeout = timeout;

        Assert.True(Record.Exception(() => Next(stream)) is IOException or TimeoutException);
    }

    [Fact]
    public void Closing_it_closes_the_connection()
    {
        Bounded(s_long, s_long).Dispose();

        Assert.Equal(0, _server.GetStream().Read(new byte[1]));
    }

    private BoundedStream Bounded(TimeSpan answerLimit, TimeSpan limit, long byteLimit = 100) =>
        new(_client.GetStream(), answerLimit, limit, byteLimit);

    private static byte Next(BoundedStream stream)
    {
        var one = new byte[1];
        return stream.Read(one, 0, 1) == 1 ? one[0] : throw new EndOfStreamException();
    }
}
