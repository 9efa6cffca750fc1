namespace PatternAnalysis.Workflows;

/// <summary>What a draft of an automation is written as.</summary>
public enum WorkflowFormat
{
    /// <summary>A skill of an agent: <c>SKILL.md</c>.</summary>
    Skill,

    /// <summary>A slash command of an agent: one Markdown file.</summary>
    SlashCommand,

    /// <summary>A bash script.</summary>
    Script,
}
