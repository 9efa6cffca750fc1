namespace PatternAnalysis.Events;

/// <summary>A store of hook events.</summary>
public interface IHookEventReader
{
    /// <summary>
    /// Hands every event of the query's types and window to <paramref name="sink"/>, in any order, changing nothing in the store.
    /// </summary>
    /// <exception cref="PatternAnalysisException">The store, its table or a column is missing or can't be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Read(EventQuery query, IHookEventSink sink, CancellationToken cancellationToken);
}
