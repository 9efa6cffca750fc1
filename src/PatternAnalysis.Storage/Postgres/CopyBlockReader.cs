using System.Buffers.Binary;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Cuts a stream in PostgreSQL's binary COPY format into blocks of whole rows.</summary>
internal sealed class CopyBlockReader(Stream stream)
{
    private const int SignatureLength = 11;
    private const short EndOfData = -1;

    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _hasHeader;
    private bool _ended;

    /// <summary>The next block; it is valid until the next call. Empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        while (!_ended)
        {
            Fill();
            if (!_hasHeader && !SkipHeader())
                continue;

            var length = WholeRows(_buffer.AsSpan(_start, _end - _start));
            if (length == 0)
                continue;

            var block = _buffer.AsSpan(_start, length);
            _start += length;
            return block;
        }

        return default;
    }

    // Fills the buffer as far as it goes: the driver hands over a row a call, and a block of one row would not be worth its handling.
    private void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2); // one row fills it

        while (_end < _buffer.Length)
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                break;
            _end += read;
        }
    }

    private bool SkipHeader()
    {
        const int fixedLength = SignatureLength + sizeof(int) + sizeof(int);
        if (_end - _start < fixedLength)
            throw new InvalidDataException("The server's COPY data ends in its header.");

        var extension = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(SignatureLength + sizeof(int)));
        _start += fixedLength + extension;
        return _hasHeader = true;
    }

    private int WholeRows(ReadOnlySpan<byte> data)
    {
        var whole = 0;
        while (data.Length - whole >= sizeof(short))
        {
            int fields = BinaryPrimitives.ReadInt16BigEndian(data[whole..]);
            if (fields == EndOfData)
            {
                _ended = true;
                return whole;
            }

            var at = whole + sizeof(short);
            for (; fields > 0 && data.Length - at >= sizeof(int); fields--)
            {
                var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(data[at..]));
                if (data.Length - at - sizeof(int) < length)
                    break;
                at += sizeof(int) + length;
            }

            if (fields > 0)
                return whole;
            whole = at;
        }

        return whole;
    }
}
