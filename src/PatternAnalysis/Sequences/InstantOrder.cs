using System.Runtime.CompilerServices;

namespace PatternAnalysis.Sequences;

/// <summary>
/// Calls that one message of the model asked for are parallel: which of them comes first is chance, and would make patterns or hide them.
/// They are taken
/// as one instant, at the place of the first, and stand there in the order of their names.
/// </summary>
internal sealed class InstantOrder(StepTables tables)
{
    private readonly Dictionary<ulong, int> _places = [];

    /// <summary>Puts parallel calls in order.</summary>
    /// <param name="steps">The steps of one case by time.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(Span<TimedStep> steps)
    {
        _places.Clear();
        (int Place, string Name, int Position)[]? keys = null;
        for (var position = 0; position < steps.Length; position++)
        {
            var message = tables.ContextOf(steps[position]).Message;
            if (message == 0 || _places.TryAdd(message, position))
                continue;

            keys ??= [.. Enumerable.Range(0, steps.Length).Select(place => (place, "", place))];
            keys[position].Place = _places[message];
        }

        if (keys is null)
            return;

        for (var position = 0; position < steps.Length; position++)
            keys[position].Name = tables.Activities[tables.ActivityOf(steps[position])];
        keys.AsSpan()
            .Sort(
                steps,
                static (a, b) =>
                    a.Place != b.Place ? a.Place.CompareTo(b.Place)
                    : string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName
                    : a.Position.CompareTo(b.Position)
            );
    }
}
