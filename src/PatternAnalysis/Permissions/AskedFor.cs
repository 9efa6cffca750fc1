using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Permissions;

/// <summary>What was asked for, and how often.</summary>
/// <param name="tool">The tool.</param>
/// <param name="text">The part of a command; empty for a tool that is no shell.</param>
/// <param name="prefix">What a rule for all that begins so would begin with, if it can.</param>
internal sealed class AskedFor(string tool, string text, string? prefix)
{
    private bool? _isAdmitted;

    public string Tool { get; } = tool;

    public string Text { get; } = text;

    public string? Prefix { get; } = prefix;

    public int CallCount { get; set; }

    public HashSet<string> Sessions { get; } = [];

    public bool IsSafe { get; set; } = true;

    /// <summary>Whether a rule can make the agent run it unasked.</summary>
    public bool IsAdmitted =>
        _isAdmitted ??=
            AgentRuleSyntax.Of(Tool) is not { } syntax || syntax.Admits(ShellReader.Read(Text, ShellTool.DialectOf(Tool)!.Value));
}
