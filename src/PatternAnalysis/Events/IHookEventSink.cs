namespace PatternAnalysis.Events;

/// <summary>What takes the events that a store reads.</summary>
public interface IHookEventSink
{
    /// <summary>Takes one row; its spans must not be kept.</summary>
    void Add(in HookEventRow row);

    /// <summary>
    /// A sink for the rows of a further thread, which count as rows of this one; null when all rows must come from one thread.
    /// </summary>
    IHookEventSink? Fork() => null;

    /// <summary>Forgets all rows: the store was changed while it was read, and reading starts again.</summary>
    void Restart();
}
