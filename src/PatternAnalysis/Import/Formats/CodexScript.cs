using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// A call of Codex's code mode: a script whose commands are told of one by one while it runs. The call is held back until its end, because
/// only then its commands are known.
/// </summary>
/// <param name="call">The call's start.</param>
/// <param name="script">The script.</param>
internal sealed partial class CodexScript(ImportedEvent call, string script)
{
    private readonly List<string> _commands = [];

    /// <summary>Whether a tool's input is a script that runs commands.</summary>
    public static bool IsScript(string? tool, string input) => tool is "exec" && input.Contains("tools.", StringComparison.Ordinal);

    public string? CallId => call.ToolUseId;

    /// <summary>Whether a command of the script failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Takes a command that the script ran.</summary>
    public void Add(string? command, bool failed)
    {
        if (command is not null)
            _commands.Add(command);
        HasFailed |= failed;
    }

    /// <summary>The call with its commands: as they were run, or else as they stand in the script.</summary>
    public ImportedEvent Call()
    {
        var commands =
            _commands.Count > 0 ? _commands : [.. Commands().Matches(script).Select(match => Unquote(match.Groups["text"].Value))];
        return commands.Count == 0 ? call : call with { ToolInput = JsonFields.ObjectOf("command", string.Join('\n', commands)) };
    }

    private static string Unquote(string literal)
    {
        try
        {
            if (literal[0] == '"')
                return JsonSerializer.Deserialize<string>(literal) ?? "";
        }
        catch (JsonException)
        {
            // An escape that JavaScript has and JSON has not.
        }

        return Escape().Replace(literal[1..^1], "$1");
    }

    [GeneratedRegex(
        """["']?\b(?:cmd|command)["']?\s*:\s*(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)""",
        RegexOptions.Singleline | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Commands();

    [GeneratedRegex(@"\\(.)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
