namespace PatternAnalysis.Activities;

/// <summary>How much of a tool use its activity's name tells.</summary>
public enum ActivityModel
{
    /// <summary>The tool and what it was used for: <c>Bash(git commit)</c>, <c>Edit(.cs)</c>.</summary>
    Operation,

    /// <summary>The bare tool name.</summary>
    Tool,
}
