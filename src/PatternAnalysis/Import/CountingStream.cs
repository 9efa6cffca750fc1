namespace PatternAnalysis.Import;

/// <summary>A stream that tells how far it was read, and stops when it is cancelled.</summary>
internal sealed class CountingStream(Stream inner, Action<long> bytesRead, CancellationToken cancellationToken) : ForwardStream
{
    private long _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = inner.Read(buffer, offset, count);
        _count += read;
        bytesRead(_count);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
