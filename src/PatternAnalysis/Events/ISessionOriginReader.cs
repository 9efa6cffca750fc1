namespace PatternAnalysis.Events;

/// <summary>Reads where the sessions of a store come from.</summary>
public interface ISessionOriginReader
{
    /// <summary>Which application and which person each comes from. One pass over the events.</summary>
    /// <exception cref="PatternAnalysisException">The store can't be read.</exception>
    SessionOrigins Find();
}
