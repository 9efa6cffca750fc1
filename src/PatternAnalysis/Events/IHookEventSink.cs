namespace PatternAnalysis.Events;

/// <summary>What takes the events that a store reads.</summary>
public interface IHookEventSink
{
    /// <summary>Takes one row; its spans must not be kept.</summary>
    void Add(in HookEventRow row);
}
