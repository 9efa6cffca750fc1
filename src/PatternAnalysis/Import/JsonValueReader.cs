using System.Buffers;
using System.Text;
using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import;

/// <summary>
/// Finds the JSON objects of a stream, one after another, whatever lies around them: lines (JSONL), the elements of one array, or
/// pretty-printed objects in a row. Only one object is in memory at a time. A broken object costs itself: reading goes on at the next one.
/// </summary>
public sealed class JsonValueReader : IDisposable
{
    /// <summary>The longest object that is read, in bytes; a longer one is skipped without being held.</summary>
    public const int MaximumLength = 32 << 20;

    /// <summary>How deep an object may be nested.</summary>
    public const int MaximumDepth = 64;

    private const int FirstBufferSize = 256 << 10;

    private static readonly SearchValues<byte> s_endsInString = SearchValues.Create("\"\\\n"u8);

    private readonly Stream _stream;
    private readonly JsonIndex _index = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferSize);
    private int _start;
    private int _position;
    private int _end;
    private long _line = 1;
    private int _indent;
    private bool _isLineStart = true;
    private Checksum _checksum;
    private int _summed;
    private long _before;

    /// <summary>Goes on in the middle of a stream of UTF-8.</summary>
    /// <param name="stream">The stream, at the beginning of an object.</param>
    /// <param name="point">Where that is.</param>
    /// <param name="checksum">The sum of what lies before it.</param>
    internal JsonValueReader(Stream stream, ReadingPoint point, Checksum checksum)
    {
        _stream = stream;
        (_before, _line, _checksum) = (point.Offset, point.Line, checksum);
    }

    /// <summary>Starts reading; the stream stays the caller's. UTF-8 with or without a byte order mark, and UTF-16 with one.</summary>
    public JsonValueReader(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        while (_end < 3 && Fill()) { }

        if (_buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _position = 3;
        else if (_end >= 2 && (_buffer[0], _buffer[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
            _stream = Transcode(_buffer[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode);
    }

    /// <summary>Where the last object, or the last problem, begins; from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Where the last object begins, in bytes from where the stream was; without meaning for UTF-16.</summary>
    public long Offset => _before + _start;

    /// <summary>Whether the text is UTF-8, so that <see cref="Offset"/> is a place in the stream.</summary>
    public bool IsUtf8 { get; private set; } = true;

    /// <summary>Why the last object can't be used, as one of <see cref="SkipReason"/>; null when it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The last object's text, until the next one is read; empty when there was a problem.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    /// <summary>The last object, until the next one is read; undefined when there was a problem.</summary>
    public JsonSlice Root => _index.Root;

    /// <summary>Reads the next object or meets the next problem.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="IOException">The stream can't be read.</exception>
    public bool Read()
    {
        (Value, Problem) = (default, null);
        if (!SkipToValue())
            return false;

        Line = _line;
        if (_buffer[_position] != '{')
        {
            Problem = SkipReason.Malformed;
            SkipLine();
            return true;
        }

        if (ReadWhole())
            return true;

        // Something is wrong with it; where it ends, and what is wrong, is a question of its form.
        FindEnd();
        if (Problem is null)
            Problem = _index.Read(Value);
        if (Problem is not null)
            Value = default;
        return true;
    }

    /// <summary>The checksum of all bytes before the last object.</summary>
    internal long SumBefore()
    {
        _checksum.Add(_buffer.AsSpan(_summed, _start - _summed));
        _summed = _start;
        return _checksum.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _index.GiveBack();
    }

    /// <summary>Goes to the next byte that is not between objects.</summary>
    private bool SkipToValue()
    {
        while (true)
        {
            _start = _position;
            if (_position == _end && !Fill())
                return false;

            switch (_buffer[_position])
            {
                case (byte)'\n':
                    NewLine();
                    break;
                case (byte)' ' or (byte)'\t':
                    _indent += _isLineStart ? 1 : 0;
                    break;
                case (byte)'\r' or (byte)',' or (byte)'[' or (byte)']' or 0x1E: // 0x1E: JSON text sequences (RFC 7464)
                    break;
                default:
                    _isLineStart = false;
                    return true;
            }

            _position++;
        }
    }

    /// <summary>Reads an object that is as it should be, as nearly all are.</summary>
    private bool ReadWhole()
    {
        while (true)
        {
            switch (_index.ReadFirst(_buffer.AsMemory(_start, _end - _start), out var length))
            {
                case JsonReading.Whole:
                    Value = _buffer.AsMemory(_start, length);
                    _position = _start + length;
                    _line += Value.Span.Count((byte)'\n');
                    return true;
                case JsonReading.CutOff when FillWhole():
                    break;
                default:
                    return false;
            }
        }
    }

    // Beginning again is linear only if the buffer has doubled, or the end is reached.
    private bool FillWhole()
    {
        if (!Fill())
            return false;
        while (_end < _buffer.Length && Fill()) { }
        return true;
    }

    private void FindEnd()
    {
        var (line, indent) = (_line, _indent);
        var (depth, arrays, last) = (0, 0UL, (byte)','); // a bit of arrays for each level: whether it is an array
        var secondLine = -1; // where the line after the first begins, as an offset from the object's start
        while (true)
        {
            if (_position == _end && !Fill())
            {
                Fail(_end - _start >= MaximumLength ? SkipReason.TooLong : SkipReason.Malformed, line, indent, secondLine);
                return;
            }

            var current = _buffer[_position];
            switch (current)
            {
                case (byte)'"':
                    if (!SkipString())
                    {
                        Fail(_end - _start >= MaximumLength ? SkipReason.TooLong : SkipReason.Malformed, line, indent, secondLine);
                        return;
                    }

                    last = current;
                    continue;
                case (byte)'{' when last is not ((byte)',' or (byte)':' or (byte)'['):
                    // No object may stand here: the one before was cut off, and this is the next.
                    Fail(SkipReason.Malformed, line, indent, secondLine, nextIsHere: true);
                    return;
                case (byte)'{' or (byte)'[':
                    if (++depth > MaximumDepth)
                    {
                        Fail(SkipReason.TooDeep, line, indent, secondLine);
                        return;
                    }

                    arrays = (arrays << 1) | (current == '[' ? 1UL : 0);
                    break;
                case (byte)'}' or (byte)']':
                    if ((arrays & 1) != (current == ']' ? 1UL : 0))
                    {
                        Fail(SkipReason.Malformed, line, indent, secondLine);
                        return;
                    }

                    (depth, arrays) = (depth - 1, arrays >> 1);
                    break;
                case (byte)'\n':
                    NewLine();
                    if (secondLine < 0)
                        secondLine = _position + 1 - _start;
                    break;
                case (byte)' ' or (byte)'\t':
                    _indent += _isLineStart ? 1 : 0;
                    break;
            }

            _position++;
            if (current is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                continue;

            (last, _isLineStart) = (current, false);
            if (depth == 0)
            {
                Value = _buffer.AsMemory(_start, _position - _start);
                return;
            }
        }
    }

    /// <summary>Goes past a string. A line break in it is no JSON: then, and at the end, it stops there and returns false.</summary>
    private bool SkipString()
    {
        _isLineStart = false;
        _position++;
        while (true)
        {
            var length = _buffer.AsSpan(_position, _end - _position).IndexOfAny(s_endsInString);
            if (length < 0)
            {
                _position = _end;
                if (!Fill())
                    return false;
                continue;
            }

            _position += length;
            switch (_buffer[_position])
            {
                case (byte)'\n':
                    return false;
                case (byte)'"':
                    _position++;
                    return true;
                default:
                    _position++;
                    if (_position == _end && !Fill())
                        return false;
                    if (_buffer[_position] != '\n')
                        _position++;
                    break;
            }
        }
    }

    /// <summary>
    /// Gives an object up, and goes to where the next one may begin: a line that begins with one, no deeper than this one began. Such a
    /// line may have been taken for a part of this object, so the search starts on its second line. (It can't be taken so by more than
    /// <see cref="MaximumDepth"/> objects.)
    /// </summary>
    private void Fail(string problem, long line, int indent, int secondLine, bool nextIsHere = false)
    {
        Problem = problem;
        if (secondLine >= 0)
        {
            _position = _start + secondLine;
            _line = line;
            NewLine();
        }
        else if (nextIsHere)
        {
            return;
        }
        else
        {
            SkipLine();
        }

        // One problem is reported once: the rest of the object is passed over.
        while (true)
        {
            while (Peek() is (byte)' ' or (byte)'\t')
                (_position, _indent) = (_position + 1, _indent + 1);
            if (Peek() is null || (Peek() == '{' && _indent <= indent))
                return;
            SkipLine();
        }
    }

    private byte? Peek()
    {
        _start = _position;
        return _position < _end || Fill() ? _buffer[_position] : null;
    }

    private void SkipLine()
    {
        while (true)
        {
            var length = _buffer.AsSpan(_position, _end - _position).IndexOf((byte)'\n');
            if (length >= 0)
            {
                _position += length + 1;
                NewLine();
                _start = _position;
                return;
            }

            _start = _position = _end;
            if (!Fill())
                return;
        }
    }

    private void NewLine()
    {
        _line++;
        (_indent, _isLineStart) = (0, true);
    }

    /// <summary>Reads on, keeping what lies from the object's start.</summary>
    /// <returns>False at the end of the stream, and when the object is too long to be kept.</returns>
    private bool Fill()
    {
        if (_start > 0)
        {
            SumBefore();
            (_before, _summed) = (_before + _start, 0);
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_position, _end, _start) = (_position - _start, _end - _start, 0);
        }

        if (_end >= MaximumLength)
            return false;
        if (_end == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }

    private Stream Transcode(Encoding encoding)
    {
        var begun = _buffer.AsSpan(2, _end - 2).ToArray();
        (_end, IsUtf8) = (0, false);
        return Encoding.CreateTranscodingStream(new PrefixedStream(begun, _stream), encoding, Encoding.UTF8, leaveOpen: true);
    }
}
