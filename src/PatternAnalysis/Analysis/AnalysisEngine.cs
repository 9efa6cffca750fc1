namespace PatternAnalysis.Analysis;

/// <summary>Where patterns are counted.</summary>
public enum AnalysisEngine
{
    /// <summary>Here: the events are read into memory.</summary>
    Memory,

    /// <summary>
    /// Where the events are. Bare tool names of whole sessions are counted by the database, and counts travel; what takes the steps
    /// themselves gets what was derived of them, from each server that holds some, and payloads stay there.
    /// </summary>
    Database,
}
