namespace PatternAnalysis.Activities;

/// <summary>
/// What one case is: the part of an agent's work that a sequence tells of. A sub-agent's work is always a case of its own.
/// </summary>
public enum CaseKind
{
    /// <summary>A session.</summary>
    Session,

    /// <summary>What an agent did for one prompt of its user.</summary>
    Prompt,

    /// <summary>What an agent did without a long pause.</summary>
    Idle,
}
