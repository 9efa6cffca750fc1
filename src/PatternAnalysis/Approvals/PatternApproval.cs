namespace PatternAnalysis;

/// <summary>
/// A stored pattern: what the reviewer sees and decides on. Any program may have written the row, so what nobody sees, or what a terminal
/// obeys, is there as an escape.
/// </summary>
public sealed record PatternApproval
{
    /// <summary>The first 16 hexadecimal digits of the SHA-256 of the UTF-8 <see cref="ToolSequence"/>.</summary>
    public required string PatternId
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>One of <see cref="PatternStatus"/>'s states.</summary>
    public required string Status
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>The steps joined by <c>→</c>.</summary>
    public required string ToolSequence
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>The confidence of the last run that looked at it, in [0, 0.999999].</summary>
    public double ConfidenceScore { get; init; }

    /// <summary>How often it was seen, over all runs; each occurrence is counted once.</summary>
    public long OccurrenceCount { get; init; }

    /// <summary>What automating it would save, in US dollars, over all occurrences.</summary>
    public decimal EstimatedSavings { get; init; }

    /// <summary>Confidence x occurrences x savings: what decides the order of review.</summary>
    public double Impact => ConfidenceScore * OccurrenceCount * (double)EstimatedSavings;

    /// <summary>The evidence and the reasons for the state, in words.</summary>
    public string? PatternContext
    {
        get;
        init => field = Shown(value);
    }

    /// <summary>Up to ten sessions that hold it.</summary>
    public string[] ExampleSessions
    {
        get;
        init => field = Array.ConvertAll(value, session => InvisibleText.Escape(session));
    } = [];

    /// <summary>Who decided, if a human did.</summary>
    public string? ReviewedBy
    {
        get;
        init => field = Shown(value);
    }

    /// <summary>When a human decided, in UTC.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>What the reviewer noted.</summary>
    public string? ApprovalNotes
    {
        get;
        init => field = Shown(value);
    }

    /// <summary>When it was first saved, in UTC.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last changed, in UTC.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The database that it was read from, as a cmdlet opens it; null where that is not known.</summary>
    public string? Database { get; init; }

    /// <inheritdoc/>
    public override string ToString() => ToolSequence;

    private static string? Shown(string? text) => text is null ? null : InvisibleText.Escape(text, allowLines: true);
}
