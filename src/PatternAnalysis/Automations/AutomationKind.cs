namespace PatternAnalysis.Automations;

/// <summary>What already automates something.</summary>
public enum AutomationKind
{
    /// <summary>A skill of the agent.</summary>
    Skill,

    /// <summary>A slash command of the agent.</summary>
    SlashCommand,

    /// <summary>A hook in the agent's settings.</summary>
    Hook,

    /// <summary>A rule that lets a tool run without asking.</summary>
    AllowRule,

    /// <summary>A task of a task runner: npm, make, mise, just.</summary>
    Task,
}
