using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The commands of Codex's unified exec that were running when their calls were answered. How such a command ended is told by the answer to
/// a later call, which writes into its session or only waits for it.
/// </summary>
internal sealed class CodexRunning
{
    private const string Running = "Process running with session ID ";
    private const string ScriptRunning = "Script running with cell ID ";
    private const string Cell = "cell ";

    private readonly Dictionary<string, (string Call, long? Ticks)> _waiting = [];
    private readonly List<(string Call, long? Ticks)> _replaced = [];
    private readonly Dictionary<string, string> _sessionOfCall = [];

    /// <summary>The calls whose end was never told, with the times of their answers.</summary>
    public IEnumerable<(string Call, long? Ticks)> Rest => [.. _replaced, .. _waiting.Values];

    /// <summary>Takes a call's start.</summary>
    /// <param name="call">Its id.</param>
    /// <param name="session">What runs that it writes into or waits for, if anything.</param>
    public void Start(string? call, string? session)
    {
        if (call is not null && session is not null)
            _sessionOfCall[call] = session;
    }

    /// <summary>What runs that a call is given to write into or to wait for: a command's session, or the cell of a script.</summary>
    public static string? SessionOf(JsonSlice input) =>
        TextOf(input.Field("session_id")) ?? (TextOf(input.Field("cell_id")) is { } cell ? Cell + cell : null);

    /// <summary>Takes an answer; true when its call goes on, because the command that it started runs.</summary>
    public bool GoesOn(string call, string? answer, long? ticks)
    {
        if (_sessionOfCall.ContainsKey(call) || RunningSession(answer) is not { } session)
            return false;

        if (_waiting.TryGetValue(session, out var replaced) && replaced.Call != call)
            _replaced.Add(replaced); // its number is used again
        _waiting[session] = (call, ticks);
        return true;
    }

    /// <summary>
    /// The call whose command, or script, ended with an answer; null when none did. Of a command only an exit code says so: writing into a
    /// session may fail, or be refused, and the command runs on.
    /// </summary>
    public string? EndedBy(string call, string? answer) =>
        _sessionOfCall.GetValueOrDefault(call) is { } session
        && (session.StartsWith(Cell, StringComparison.Ordinal) ? RunningSession(answer) is null : CodexResult.HasExitCode(answer ?? ""))
        && _waiting.Remove(session, out var started)
            ? started.Call
            : null;

    private static string? TextOf(JsonSlice id) => id.Kind == System.Text.Json.JsonValueKind.Number ? id.Json() : id.Text();

    private static string? RunningSession(string? answer)
    {
        foreach (var line in CodexResult.HeaderOf(answer ?? ""))
        {
            if (line.StartsWith(Running, StringComparison.Ordinal))
                return line[Running.Length..].Trim();
            if (line.StartsWith(ScriptRunning, StringComparison.Ordinal))
                return Cell + line[ScriptRunning.Length..].Trim();
        }

        return CodexScriptResult.RunningSession(answer);
    }
}
