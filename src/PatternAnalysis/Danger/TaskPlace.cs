namespace PatternAnalysis.Danger;

/// <summary>Where a task runner takes the names of tasks from.</summary>
internal enum TaskPlace
{
    /// <summary>One name, in the sub-command; what follows it is the task's own.</summary>
    SubCommand,

    /// <summary>The sub-command and every operand.</summary>
    Everywhere,

    /// <summary>The sub-command and every operand up to <c>--</c>, behind which the task's own arguments stand.</summary>
    BeforeDashes,
}
