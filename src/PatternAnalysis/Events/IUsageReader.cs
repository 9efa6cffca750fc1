namespace PatternAnalysis.Events;

/// <summary>
/// What a store knows of the model's messages and of the answers of calls. A store that has none of it hands over nothing.
/// </summary>
public interface IUsageReader
{
    /// <summary>The messages of a window, by time; read while they are taken, changing nothing in the store.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    IEnumerable<MessageUsage> ReadMessages(TimeWindow window, CancellationToken cancellationToken = default);

    /// <summary>What is kept of the answers of a window, by time; read while they are taken, changing nothing in the store.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    IEnumerable<CallResult> ReadResults(TimeWindow window, CancellationToken cancellationToken = default);
}
