namespace PatternAnalysis.Events;

/// <summary>
/// What one message of the model took: one answer of its API, counted once however many records and files hold it. Messages that
/// no usage is reported of are not here; what is absent stays absent.
/// </summary>
public sealed record MessageUsage
{
    /// <summary>The session that the message was made in; a copy in a fork of the session belongs to it as well.</summary>
    public required string SessionId { get; init; }

    /// <summary>
    /// The message: with <see cref="SessionId"/> the same as <c>message_id</c> in the payloads of the calls it asked for.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>The sub-agent, if it was one.</summary>
    public string? AgentId { get; init; }

    /// <summary>The prompt that it serves.</summary>
    public string? PromptId { get; init; }

    /// <summary>The application that it comes from.</summary>
    public string? SourceApp { get; init; }

    /// <summary>The model, by the name that its API gives it.</summary>
    public string? Model { get; init; }

    /// <summary>When its first record was written, in UTC.</summary>
    public required DateTime Timestamp { get; init; }

    /// <summary>Tokens that were read and not cached.</summary>
    public long InputTokens { get; init; }

    /// <summary>
    /// Tokens that were written: the larger of what is reported and a quarter of the text's characters, because the values of a stream that
    /// was not read to its end are remnants.
    /// </summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens that were read and put into the cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Tokens that were read from the cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>How many calls of tools it asked for.</summary>
    public int CallCount { get; init; }

    /// <summary>The same message told of twice: the earlier time, and of each number the larger.</summary>
    public MessageUsage And(MessageUsage other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            AgentId = AgentId ?? other.AgentId,
            PromptId = PromptId ?? other.PromptId,
            SourceApp = SourceApp ?? other.SourceApp,
            Model = Model ?? other.Model,
            Timestamp = Timestamp <= other.Timestamp ? Timestamp : other.Timestamp,
            InputTokens = Math.Max(InputTokens, other.InputTokens),
            OutputTokens = Math.Max(OutputTokens, other.OutputTokens),
            CacheWriteTokens = Math.Max(CacheWriteTokens, other.CacheWriteTokens),
            CacheReadTokens = Math.Max(CacheReadTokens, other.CacheReadTokens),
            CallCount = Math.Max(CallCount, other.CallCount),
        };
    }
}
