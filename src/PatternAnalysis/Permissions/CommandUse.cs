namespace PatternAnalysis.Permissions;

/// <summary>A call that an agent asked for.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="ToolName">The tool.</param>
/// <param name="Command">The command, if the tool is a shell.</param>
public sealed record CommandUse(string SessionId, string ToolName, string? Command);
