using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Reads PostgreSQL's binary COPY format, row by row.</summary>
internal abstract class CopyParser
{
    private const int SignatureLength = 11;
    private const int HeaderLength = SignatureLength + sizeof(int) + sizeof(int);
    private const short EndOfData = -1;

    private bool _hasHeader;

    /// <summary>Reads the whole rows at the beginning of some data, after the header when it is the first.</summary>
    /// <returns>How many bytes they take; what is left is the beginning of a row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Parse(ReadOnlySpan<byte> data)
    {
        var rest = data;
        if (!_hasHeader && !(_hasHeader = TrySkipHeader(ref rest)))
            return 0;

        var whole = rest;
        while (rest.Length >= sizeof(short) && BinaryPrimitives.ReadInt16BigEndian(rest) != EndOfData)
        {
            rest = rest[sizeof(short)..];
            if (!TryRead(ref rest))
                break;
            whole = rest;
        }

        return data.Length - whole.Length;
    }

    /// <summary>Reads the fields of a row; false, with nothing done, when they are not all there.</summary>
    protected abstract bool TryRead(ref ReadOnlySpan<byte> data);

    /// <summary>Reads a field; NULL reads as empty.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static bool TryReadField(ref ReadOnlySpan<byte> data, out ReadOnlySpan<byte> field)
    {
        field = default;
        if (data.Length < sizeof(int))
            return false;
        var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(data));
        data = data[sizeof(int)..];
        if (data.Length < length)
            return false;
        field = data[..length];
        data = data[length..];
        return true;
    }

    private static bool TrySkipHeader(ref ReadOnlySpan<byte> data)
    {
        if (data.Length < HeaderLength)
            return false;
        var length = HeaderLength + BinaryPrimitives.ReadInt32BigEndian(data[(SignatureLength + sizeof(int))..]);
        if (data.Length < length)
            return false;
        data = data[length..];
        return true;
    }
}
