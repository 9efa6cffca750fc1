namespace PatternAnalysis;

/// <summary>Which settings of Claude Code hooks stand in.</summary>
public enum HookScope
{
    /// <summary>The user's own, for all projects.</summary>
    User,

    /// <summary>Those of the project in the current folder.</summary>
    Project,
}
