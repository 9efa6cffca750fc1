using PatternAnalysis.Import.Json;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The commands of Codex's unified exec that were running when their calls were answered. How such a command ended is told by the answer to
/// a later call, which writes into its session or only waits for it.
/// </summary>
internal sealed class CodexRunning
{
    private const string Running = "Process running with session ID ";

    private readonly Dictionary<string, (string Call, long? Ticks)> _waiting = [];
    private readonly List<(string Call, long? Ticks)> _replaced = [];
    private readonly Dictionary<string, string> _sessionOfCall = [];

    /// <summary>The calls whose end was never told, with the times of their answers.</summary>
    public IEnumerable<(string Call, long? Ticks)> Rest => [.. _replaced, .. _waiting.Values];

    /// <summary>Takes a call's start.</summary>
    public void Start(string? call, JsonSlice input)
    {
        if (call is not null && input.Kind == System.Text.Json.JsonValueKind.Object && SessionOf(input) is { } session)
            _sessionOfCall[call] = session;
    }

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
    /// The call whose command ended with an answer; null when none did. Only an exit code says so: writing into a session may fail, or be
    /// refused, and the command runs on.
    /// </summary>
    public string? EndedBy(string call, string? answer) =>
        _sessionOfCall.GetValueOrDefault(call) is { } session
        && CodexResult.HasExitCode(answer ?? "")
        && _waiting.Remove(session, out var started)
            ? started.Call
            : null;

    private static string? SessionOf(JsonSlice input) =>
        input.Field("session_id") is { Kind: System.Text.Json.JsonValueKind.Number } number ? number.Json() : input.Text("session_id");

    private static string? RunningSession(string? answer) =>
        CodexResult.HeaderOf(answer ?? "").FirstOrDefault(line => line.StartsWith(Running, StringComparison.Ordinal)) is { } line
            ? line[Running.Length..].Trim()
            : null;
}
