namespace PatternAnalysis;

/// <summary>What happened to a pattern's state: a person's decision, or a run that asks for attention.</summary>
/// <param name="PatternId">The pattern.</param>
/// <param name="Action"><c>approved</c>, <c>rejected</c>, <c>flagged</c> or <c>commented</c>.</param>
/// <param name="Reviewer">Who; <c>pattern-analysis</c> for a run.</param>
/// <param name="Notes">Why.</param>
/// <param name="CreatedAt">When, in UTC.</param>
public sealed record ReviewHistoryEntry(string PatternId, string Action, string? Reviewer, string? Notes, DateTimeOffset? CreatedAt)
{
    /// <summary>Who; <c>pattern-analysis</c> for a run.</summary>
    public string? Reviewer { get; } = Reviewer is null ? null : InvisibleText.Escape(Reviewer);

    /// <summary>Why.</summary>
    public string? Notes { get; } = Notes is null ? null : InvisibleText.Escape(Notes, allowLines: true);

    /// <summary>The database that it was read from, as a cmdlet opens it; null where that is not known.</summary>
    public string? Database { get; init; }

    /// <summary>The action of a run: it asks for attention and is no human's decision.</summary>
    public const string Flagged = "flagged";

    /// <inheritdoc/>
    public override string ToString() =>
        $"{PatternId} {Action}{(Reviewer is null ? "" : $" by {Reviewer}")}{(Notes is null ? "" : $": {Notes}")}";
}
