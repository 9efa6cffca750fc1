namespace PatternAnalysis;

/// <summary>How work goes on without progress.</summary>
public enum LoopKind
{
    /// <summary>A check fails, something is edited, the same check runs again.</summary>
    RedToGreen,

    /// <summary>A call fails and is made again as it was, with no edit between: waste.</summary>
    SameRetry,

    /// <summary>A call fails and is tried in other words, with no edit between: a strategy.</summary>
    ChangedRetry,

    /// <summary>An edit fails.</summary>
    FailedEdit,
}
