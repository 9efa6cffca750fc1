using PatternAnalysis.Automations;

namespace PatternAnalysis;

/// <summary>
/// Something that a user or a project automates already, as its file describes it. Files are read, nothing of them is run.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">As it is used: <c>commit</c>, <c>/review</c>, <c>npm run lint</c>, <c>PostToolUse</c>, <c>Bash(npm test)</c>.</param>
/// <param name="Path">The file that says so.</param>
/// <param name="Commands">The commands that its file names, as they stand there.</param>
public sealed record ExistingAutomation(AutomationKind Kind, string Name, string Path, string[] Commands)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";
}
