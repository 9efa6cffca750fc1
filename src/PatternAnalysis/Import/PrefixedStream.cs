namespace PatternAnalysis.Import;

/// <summary>Bytes that were already read from a stream, and then the rest of it.</summary>
internal sealed class PrefixedStream(byte[] begun, Stream rest) : ForwardStream
{
    private int _position;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_position == begun.Length)
            return rest.Read(buffer, offset, count);

        var length = Math.Min(count, begun.Length - _position);
        begun.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }
}
