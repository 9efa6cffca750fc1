namespace PatternAnalysis;

/// <summary>An approved pattern that somebody said what took its place of, and what became of it since.</summary>
public sealed record AdoptedPattern
{
    /// <summary>The pattern.</summary>
    public required string PatternId { get; init; }

    /// <summary>What took its place: wildcards of activities.</summary>
    public required string[] Adopted { get; init; }

    /// <summary>Its steps.</summary>
    public string ToolSequence { get; init; } = "";

    /// <summary>When it was approved, in UTC.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>When its effect was measured last, in UTC; null when it never was.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>What that came to, as JSON with the names of <c>pattern-analysis effect --json</c>; null when it never was.</summary>
    public string? Effect { get; init; }

    /// <summary>When reviewers were told that it has not shrunk; null when they were not.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{ToolSequence}, adopted as {string.Join(", ", Adopted)}";
}
