namespace PatternAnalysis.Sequences;

/// <summary>
/// Calls that one message of the model asked for are parallel: which of them comes first is chance, and would make patterns or hide them. They are taken
/// as one instant, at the place of the first, and stand there in the order of their names.
/// </summary>
internal sealed class InstantOrder(StepTable steps, Utf8Interner activities)
{
    private readonly Dictionary<ulong, int> _places = [];

    /// <summary>Puts parallel calls in order.</summary>
    /// <param name="ordered">Steps of one source by time.</param>
    public void Apply(Span<int> ordered)
    {
        _places.Clear();
        var keys = new (int Place, string Name, int Position)[ordered.Length];
        var hasParallel = false;
        for (var position = 0; position < ordered.Length; position++)
        {
            var message = steps.Message(ordered[position]);
            var place = position;
            if (message != 0 && !_places.TryAdd(message, position))
                (place, hasParallel) = (_places[message], true);
            keys[position] = (place, message == 0 ? "" : activities[steps.Activity(ordered[position])], position);
        }

        if (!hasParallel)
            return;

        keys.AsSpan().Sort(ordered, static (a, b) =>
            a.Place != b.Place ? a.Place.CompareTo(b.Place)
            : string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName
            : a.Position.CompareTo(b.Position));
    }
}
