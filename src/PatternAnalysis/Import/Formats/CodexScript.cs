using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// A call of Codex's code mode: a script that calls other tools. It stands for what it calls: the commands that it runs, or else its
/// patch, its look at a running command, or the one tool that it uses. The commands are told of one by one while it runs, so the call is
/// held back until its end.
/// </summary>
internal sealed class CodexScript
{
    private const string Tool = "exec";
    private const string Shell = "exec_command";
    private const string Patch = "apply_patch";
    private const string Input = "write_stdin";
    private const string Plan = "update_plan";

    private readonly ImportedEvent _call;
    private readonly CodexScriptText _text;
    private readonly List<string> _commands = [];

    /// <summary>Makes one of a call.</summary>
    /// <param name="call">The call's start.</param>
    /// <param name="script">The script.</param>
    public CodexScript(ImportedEvent call, string script) => (_call, _text) = (call, CodexScriptText.Of(script));

    /// <summary>Whether a tool's input is a script that calls other tools.</summary>
    public static bool IsScript(string? tool, string input) =>
        tool is Tool && (input.Contains("tools", StringComparison.Ordinal) || input.Contains("ALL_TOOLS", StringComparison.Ordinal));

    /// <summary>The call's id.</summary>
    public string? CallId => _call.ToolUseId;

    /// <summary>The session of the running command that the script only writes into or waits for; null when there is none.</summary>
    public string? Session => _text.Called.Contains(Input) ? _text.Session : null;

    /// <summary>Whether a command of the script failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Takes a command that the script ran.</summary>
    public void Add(string? command, bool failed)
    {
        if (command is not null)
            _commands.Add(command);
        HasFailed |= failed;
    }

    /// <summary>
    /// The call as what it stands for: its commands as they were run, or else as they stand in the script. A script that does more than
    /// one name can say stays one of which nobody knows what it does.
    /// </summary>
    public ImportedEvent Call()
    {
        IReadOnlyList<string> commands = _commands.Count > 0 ? _commands : _text.Commands;
        if ((_commands.Count == 0 && _text.HasOtherCommands) || (commands.Count > 0 && WritesWords()))
            return _call;

        string[] others = [.. _text.Called.Where(tool => tool is not (Shell or Input or Plan))];
        return (commands.Count, others) switch
        {
            (> 0, [] or [Patch]) => As(Tool, "command", string.Join('\n', [.. commands, .. _text.Patches.Select(Command)])),
            (0, [Patch]) when _text.Patches.Count > 0 => As(Patch, "command", string.Join('\n', _text.Patches)),
            _ when commands.Count > 0 || _text.Called.Contains(Shell) => _call,
            (_, [var tool]) => As(tool),
            (_, []) when _text.Called.Contains(Input) => As(Input, "chars", _text.Characters ?? ""),
            (_, []) when _text.Called.Count > 0 => As(Plan),
            (_, []) when _text.SearchesTools => As("tool_search"),
            _ => _call,
        };
    }

    // Ctrl+C and Enter say nothing of what is done.
    private bool WritesWords() => _text.Characters?.Any(character => !char.IsControl(character)) == true;

    private static string Command(string patch) => $"{Patch} <<'EOF'\n{patch.Trim()}\nEOF";

    private ImportedEvent As(string tool) => _call with { ToolName = tool, ToolInput = JsonFields.ParseObject("{}") };

    private ImportedEvent As(string tool, string field, string text) =>
        _call with
        {
            ToolName = tool,
            ToolInput = JsonFields.ObjectOf(field, text),
        };
}
