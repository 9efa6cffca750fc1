using System.Diagnostics;
using System.Net.Sockets;

namespace PatternAnalysis.Delivery;

/// <summary>
/// A connection to a server that nobody vouches for: it may take so long for one answer, so long for all of them, and say only so much.
/// </summary>
/// <param name="stream">The connection; disposed with this.</param>
/// <param name="answerLimit">How long one answer may take.</param>
/// <param name="limit">How long the whole conversation may take.</param>
/// <param name="byteLimit">How much the server may send in all.</param>
internal sealed class BoundedStream(NetworkStream stream, TimeSpan answerLimit, TimeSpan limit, long byteLimit) : Stream
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _received;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override bool CanTimeout => true;

    public override int ReadTimeout { get; set; } = (int)answerLimit.TotalMilliseconds;

    public override int WriteTimeout { get; set; } = (int)answerLimit.TotalMilliseconds;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        stream.ReadTimeout = Remaining(ReadTimeout);
        var read = stream.Read(buffer, offset, count);
        _received += read;
        return _received <= byteLimit ? read : throw new IOException("It says more than any mail server has to say.");
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        stream.WriteTimeout = Remaining(WriteTimeout);
        stream.Write(buffer, offset, count);
    }

    public override void Flush() => stream.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }

    private int Remaining(int timeout)
    {
        var rest = (limit - _clock.Elapsed).TotalMilliseconds;
        return rest >= 1
            ? Math.Min(timeout > 0 ? timeout : int.MaxValue, (int)rest)
            : throw new TimeoutException($"It took longer than {limit.TotalSeconds:0} seconds in all.");
    }
}
