using PatternAnalysis.Payloads;
using PatternAnalysis.Shell;

namespace PatternAnalysis.Activities;

/// <summary>Names what a tool use does, so that equal work has equal names. Safe for any number of threads.</summary>
/// <param name="model">How much the name tells.</param>
public sealed class ActivityNamer(ActivityModel model)
{
    private const int MaximumExtensionLength = 12;

    /// <summary>How much the names tell.</summary>
    public ActivityModel Model { get; } = model;

    /// <summary>The activity of a tool use. A payload that says nothing, or is not readable, gives the tool's name.</summary>
    /// <param name="toolName">The tool's name as the event gives it.</param>
    /// <param name="payloadUtf8">The event's payload, empty when there is none.</param>
    public string Name(string toolName, ReadOnlySpan<byte> payloadUtf8) =>
        Model == ActivityModel.Tool ? toolName : Name(ToolUseReader.Read(toolName, payloadUtf8));

    /// <summary>The activity of a tool use whose payload was read already.</summary>
    /// <param name="use">What the payload says.</param>
    public string Name(ToolUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return use is { Dialect: { } dialect, Command: { } command }
            ? Name(use, ShellReader.Read(command, dialect))
            : Name(use, script: null);
    }

    /// <summary>The activity of a tool use whose command was read already.</summary>
    /// <param name="use">What the payload says.</param>
    /// <param name="script">What the shell reader made of its command, if it has one.</param>
    public string Name(ToolUse use, ShellScript? script)
    {
        ArgumentNullException.ThrowIfNull(use);
        if (Model == ActivityModel.Tool || use.ToolName.StartsWith("mcp__", StringComparison.Ordinal))
            return use.ToolName;
        var detail =
            script is not null ? SegmentLabel.Of(script)
            : use is { Dialect: null, FilePath: { } path } ? Extension(path)
            : null;
        return detail is null ? use.ToolName : $"{use.ToolName}({detail})";
    }

    // Path.GetExtension knows the separators of this machine only; events come from others.
    private static string? Extension(string path)
    {
        var name = path.AsSpan(path.AsSpan().LastIndexOfAny('/', '\\') + 1);
        var dot = name.LastIndexOf('.');
        if (dot < 0)
            return null;
        var extension = name[dot..];
        if (extension.Length is < 2 or > MaximumExtensionLength)
            return null;
        foreach (var character in extension[1..])
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-' or '+'))
                return null;
        }

        return extension.ToString().ToLowerInvariant();
    }
}
