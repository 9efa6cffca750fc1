namespace PatternAnalysis.Events;

/// <summary>
/// What of a call's answer a later call may have been made from: its paths and ids, masked. The answer itself is never kept.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="ToolUseId">The call, as in the payloads of its events.</param>
/// <param name="Timestamp">When the answer came, in UTC; tells calls apart whose agent uses an id again.</param>
/// <param name="Tokens">Paths and ids in their order, each once: at most <see cref="MaximumTokens"/>.</param>
public sealed record CallResult(string SessionId, string ToolUseId, DateTime Timestamp, IReadOnlyList<string> Tokens)
{
    /// <summary>How many tokens are kept of one answer.</summary>
    public const int MaximumTokens = 64;

    /// <summary>The longest token that is kept, in characters.</summary>
    public const int LongestToken = 200;
}
