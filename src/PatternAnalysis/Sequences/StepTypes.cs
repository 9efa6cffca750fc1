using System.Runtime.CompilerServices;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>The event types that stand for steps, compared as the bytes that a store hands out.</summary>
internal sealed class StepTypes(IEnumerable<string> types)
{
    private readonly byte[][] _types = [.. types.Select(Encoding.UTF8.GetBytes)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Contains(ReadOnlySpan<byte> type)
    {
        foreach (var known in _types)
        {
            if (type.SequenceEqual(known))
                return true;
        }

        return false;
    }
}
