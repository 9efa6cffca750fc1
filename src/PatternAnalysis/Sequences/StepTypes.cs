using System.Runtime.CompilerServices;
using System.Text;

namespace PatternAnalysis.Sequences;

/// <summary>The event types that stand for steps, compared as the bytes that a store hands out.</summary>
internal sealed class StepTypes(IEnumerable<string> types)
{
    private readonly byte[][] _types = [.. types.Select(Encoding.UTF8.GetBytes)];
    private readonly CallOutcome[] _outcomes = [.. types.Select(type => CallEnd.OutcomeOf(Encoding.UTF8.GetBytes(type)))];

    /// <summary>Whether an event of a type is a step.</summary>
    /// <param name="type">The type.</param>
    /// <param name="outcome">What such a step says of its call by itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Contains(ReadOnlySpan<byte> type, out CallOutcome outcome)
    {
        for (var i = 0; i < _types.Length; i++)
        {
            if (type.SequenceEqual(_types[i]))
            {
                outcome = _outcomes[i];
                return true;
            }
        }

        outcome = CallOutcome.Unknown;
        return false;
    }
}
