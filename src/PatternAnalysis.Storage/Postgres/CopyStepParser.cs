using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PatternAnalysis.Sequences;

namespace PatternAnalysis.Storage.Postgres;

/// <summary>Reads derived steps from PostgreSQL's binary COPY format.</summary>
internal sealed class CopyStepParser(IDerivedStepSink sink, IDerivedTexts texts) : CopyParser
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override bool TryRead(ref ReadOnlySpan<byte> data)
    {
        if (
            !TryReadField(ref data, out var number)
            || !TryReadField(ref data, out var type)
            || !TryReadField(ref data, out var at)
            || !TryReadField(ref data, out var source)
            || !TryReadField(ref data, out var facts)
            || !TryReadField(ref data, out var verdict)
            || !TryReadField(ref data, out var call)
            || !TryReadField(ref data, out var message)
            || !TryReadField(ref data, out var milliseconds)
            || !TryReadField(ref data, out var error)
        )
            return false;

        sink.Add(
            new DerivedStep
            {
                Event = Number(number),
                Type = BinaryPrimitives.ReadInt16BigEndian(type),
                UtcTicks = at.IsEmpty ? null : Number(at),
                Source = Number(source),
                Facts = Number(facts),
                Verdict = Number(verdict),
                Call = unchecked((ulong)Number(call)),
                Message = unchecked((ulong)Number(message)),
                Milliseconds = milliseconds.IsEmpty ? -1 : Number(milliseconds),
                Error = error,
            },
            texts
        );
        return true;
    }

    // A missing number is 0 in a step.
    private static long Number(ReadOnlySpan<byte> field) => field.IsEmpty ? 0 : BinaryPrimitives.ReadInt64BigEndian(field);
}
