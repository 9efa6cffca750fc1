namespace PatternAnalysis;

/// <summary>How many stored patterns are in a state.</summary>
/// <param name="Status">The state.</param>
/// <param name="PatternCount">How many patterns are in it.</param>
/// <param name="OccurrenceCount">Their occurrences together.</param>
/// <param name="EstimatedSavings">Their savings together, in US dollars; patterns that share steps are counted each.</param>
public sealed record PatternStatistic(string Status, long PatternCount, long OccurrenceCount, decimal EstimatedSavings)
{
    /// <summary>The database that it was read from, as a cmdlet opens it; null where that is not known.</summary>
    public string? Database { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {PatternCount} patterns";
}
