namespace PatternAnalysis;

/// <summary>
/// A pattern that has no row of its own: a person decided on about the same occurrences under another name, and that decision covers it.
/// Any program may have written the names, so what nobody sees is there as an escape.
/// </summary>
public sealed record CoveredPattern
{
    /// <summary>Its id.</summary>
    public required string PatternId
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>Its steps joined by <c>→</c>, masked.</summary>
    public required string ToolSequence
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>How often it occurred in the run that saw it last.</summary>
    public required long OccurrenceCount { get; init; }

    /// <summary>The id of the pattern that was decided on.</summary>
    public required string DecidedId
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>That pattern's steps joined by <c>→</c>, masked.</summary>
    public required string DecidedSequence
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>What was decided: <c>approved</c> or <c>rejected</c>.</summary>
    public required string Decision
    {
        get;
        init => field = InvisibleText.Escape(value);
    }

    /// <summary>Which decision covers it, in words.</summary>
    public string Reason => $"covered by the decision on {DecidedSequence} ({DecidedId}, {Decision})";

    /// <inheritdoc/>
    public override string ToString() => $"{ToolSequence}: {Reason}";
}
