namespace PatternAnalysis.Mining;

/// <summary>What is done in another way by each engine.</summary>
internal interface IMiningRunVisitor<out TResult>
{
    /// <summary>A run over a corpus in memory.</summary>
    TResult Visit(IndexedRun run);

    /// <summary>A run over events that stay in their store.</summary>
    TResult Visit(CountedRun run);
}
