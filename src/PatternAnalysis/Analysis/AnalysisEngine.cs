namespace PatternAnalysis.Analysis;

/// <summary>Where patterns are counted.</summary>
public enum AnalysisEngine
{
    /// <summary>Here: the events are read into memory.</summary>
    Memory,

    /// <summary>Where the events are: the database counts, and only counts travel.</summary>
    Database,
}
