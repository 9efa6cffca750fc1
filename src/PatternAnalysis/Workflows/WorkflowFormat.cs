namespace PatternAnalysis.Workflows;

/// <summary>What a draft of an automation is written as.</summary>
public enum WorkflowFormat
{
    /// <summary>A skill of an agent: <c>SKILL.md</c>.</summary>
    Skill,

    /// <summary>A slash command of an agent: one Markdown file.</summary>
    SlashCommand,

    /// <summary>A script: of bash, or of PowerShell where its commands are PowerShell's.</summary>
    Script,

    /// <summary>An entry for the hooks in an agent's settings (JSON).</summary>
    Hook,
}
