namespace PatternAnalysis;

/// <summary>An allow rule for an agent's settings, or the reason why there is none.</summary>
/// <param name="Rule">
/// The rule as the agent's settings take it: <c>Bash(npm test)</c>, <c>Bash(git status:*)</c>, <c>mcp__server__tool</c>; Gemini CLI's
/// <c>run_shell_command(git status)</c> and Codex's <c>prefix_rule(...)</c> always are about all that begins so.
/// </param>
/// <param name="SessionCount">In how many sessions a command that it matches was asked for.</param>
/// <param name="CallCount">How often.</param>
/// <param name="Seen">Commands that it matches, the most frequent first, masked; at most ten.</param>
/// <param name="LetsThrough">Commands that nobody has run yet and that it would let through, each judged safe; at most five.</param>
/// <param name="Refusal">Why the rule must not be used, with the command that it would let through; null when it may.</param>
/// <param name="Agent">
/// Whose settings it is for: <c>Claude Code</c>, <c>Gemini CLI</c>, <c>Codex</c>; of an <c>unknown</c> one nothing is proposed.
/// </param>
public sealed record PermissionRule(
    string Rule,
    int SessionCount,
    int CallCount,
    string[] Seen,
    string[] LetsThrough,
    string? Refusal,
    string Agent
)
{
    /// <summary>Whether the rule may be used.</summary>
    public bool IsProposed => Refusal is null;

    /// <inheritdoc/>
    public override string ToString() => Rule;
}
