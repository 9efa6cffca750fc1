namespace PatternAnalysis.Metrics;

/// <summary>When a hook can run a single step.</summary>
[Flags]
public enum HookCondition
{
    /// <summary>At no time that shows.</summary>
    None = 0,

    /// <summary>After a run of edits: however many files were changed, they are one occasion.</summary>
    AfterEdit = 1,

    /// <summary>At the start of a session, among its first three steps.</summary>
    AtStart = 2,

    /// <summary>Before a commit.</summary>
    BeforeCommit = 4,
}
