namespace PatternAnalysis;

/// <summary>What a run in <c>pattern_runs</c> did.</summary>
public enum RunKind
{
    /// <summary>It looked for patterns and saved them.</summary>
    Analysis,

    /// <summary>It brought events of files into the database.</summary>
    Import,

    /// <summary>It measured what became of the patterns that people approved.</summary>
    Effect,
}

/// <summary>How a run ended.</summary>
public enum RunOutcome
{
    /// <summary>It came to its end.</summary>
    Completed,

    /// <summary>It failed.</summary>
    Failed,
}
