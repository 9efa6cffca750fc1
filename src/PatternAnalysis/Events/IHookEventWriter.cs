namespace PatternAnalysis.Events;

/// <summary>A store that takes hook events.</summary>
public interface IHookEventWriter
{
    /// <summary>
    /// Stores events in one transaction; creates the table, and a missing file, first. An event whose id is stored stays as it is.
    /// </summary>
    /// <returns>What became of each event, in the order given.</returns>
    /// <exception cref="PatternAnalysisException">The store can't be written; then none of the events is stored.</exception>
    IReadOnlyList<EventWriteOutcome> Write(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken = default);

    /// <summary>Says what <see cref="Write"/> would do with the events, changing nothing.</summary>
    IReadOnlyList<EventWriteOutcome> Preview(IReadOnlyList<NewHookEvent> events, CancellationToken cancellationToken = default);
}

/// <summary>What became of an event that was to be stored.</summary>
public enum EventWriteOutcome
{
    /// <summary>It is stored now.</summary>
    Stored,

    /// <summary>It was stored before.</summary>
    Duplicate,

    /// <summary>The table's own rules refuse it, for example a CHECK that doesn't know its type.</summary>
    Refused,
}
