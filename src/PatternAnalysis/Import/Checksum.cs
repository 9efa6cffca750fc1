using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace PatternAnalysis.Import;

/// <summary>CRC-32C (RFC 3720, B.4) of bytes that come in pieces; the processor computes it as fast as it reads memory.</summary>
internal struct Checksum
{
    private uint _crc;

    public readonly long Value => _crc;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            _crc = BitOperations.Crc32C(_crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            _crc = BitOperations.Crc32C(_crc, value);
    }
}
