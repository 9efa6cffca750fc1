namespace PatternAnalysis.Events;

/// <summary>A store that takes what messages took and what is kept of the answers of calls.</summary>
public interface IUsageWriter
{
    /// <summary>
    /// Stores them in one transaction; the store must be there. Of a message that is stored already the larger numbers stay, and one whose
    /// id is unique in the world and is stored for another session belongs to that one: a fork copied it.
    /// </summary>
    /// <exception cref="PatternAnalysisException">The store can't be written; then nothing of it is stored.</exception>
    void Write(
        IReadOnlyCollection<MessageUsage> messages,
        IReadOnlyCollection<CallResult> results,
        CancellationToken cancellationToken = default
    );
}
