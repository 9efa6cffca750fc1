namespace PatternAnalysis;

/// <summary>What agents spent: each answer of a model counted once, however many records, files and copies hold it.</summary>
public sealed record AgentCost
{
    /// <summary>The name of an unknown model, application or prompt.</summary>
    public const string Unknown = "(unknown)";

    /// <summary>The activity of a turn that asked for no call: it told the user something.</summary>
    public const string Answer = "(answer)";

    /// <summary>What was added up: a session, a prompt, an activity, a model, an application, a day.</summary>
    public required string Name { get; init; }

    /// <summary>The database that it was read from, as a cmdlet opens it; null where that is not known.</summary>
    public string? Database { get; init; }

    /// <summary>How many sessions.</summary>
    public int SessionCount { get; init; }

    /// <summary>Turns of the model: answers of its API.</summary>
    public long Turns { get; init; }

    /// <summary>Tokens read anew.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens written.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Tokens put into the cache.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Tokens read from the cache.</summary>
    public long CacheReadTokens { get; init; }

    /// <summary>All tokens together.</summary>
    public long Tokens => InputTokens + OutputTokens + CacheWriteTokens + CacheReadTokens;

    /// <summary>What the turns of models with a known price cost, in US dollars.</summary>
    public decimal Usd { get; init; }

    /// <summary>Turns of models that the price table does not name: they are in no dollar.</summary>
    public long UnpricedTurns { get; init; }

    /// <summary>Those models.</summary>
    public string[] UnpricedModels { get; init; } = [];

    /// <summary>How long tools ran; null where the times of calls can't be told apart by what is added up.</summary>
    public TimeSpan? ToolTime { get; init; }

    /// <summary>
    /// How long the model was waited for between the calls of one prompt, no pause counted for more than the longest wait; null as above.
    /// </summary>
    public TimeSpan? ModelTime { get; init; }

    /// <summary>
    /// What of the pauses between the calls of one prompt was longer than that: somebody was asked, or away; null as above.
    /// </summary>
    public TimeSpan? PauseTime { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Turns} turns, ${Usd:0.00}";
}
