namespace PatternAnalysis.Activities;

/// <summary>How much of a tool use its activity's name tells.</summary>
public enum ActivityModel
{
    /// <summary>The tool and what it was used for: <c>Bash(git commit)</c>, <c>Edit(.cs)</c>.</summary>
    Operation,

    /// <summary>The bare tool name.</summary>
    Tool,

    /// <summary>
    /// The exact text where it recurs, else its template, else the operation: <c>Bash(npm test)</c>, <c>Bash(git commit -m
    /// &lt;text&gt;)</c>, <c>Edit(.cs)</c>. What an agent only keeps its books by is left out.
    /// </summary>
    Adaptive,
}
