using PatternAnalysis.Danger;

namespace PatternAnalysis;

/// <summary>One of the worst occurrences of a pattern: where it is, and what was run there.</summary>
public sealed record DangerousOccurrence
{
    /// <summary>The session, masked.</summary>
    public required string SessionId
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>When the step happened that is the worst, in UTC; null when steps have no times.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// The whole command of that step, masked, at most 2,000 characters; of a step that is not destructive the part that nobody knows, of
    /// another tool its name.
    /// </summary>
    public required string Command
    {
        get;
        init => field = InvisibleText.Escape(value, allowLines: true);
    }

    /// <summary>How dangerous it is.</summary>
    public required DangerLevel Level { get; init; }

    /// <summary>The rule that says so.</summary>
    public string? RuleId { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Level} [{RuleId}] {SessionId}: {Command}";
}
