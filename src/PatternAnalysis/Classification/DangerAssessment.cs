using PatternAnalysis.Danger;

namespace PatternAnalysis;

/// <summary>Why a command or a tool is judged as it is: the verdict of each of its segments, and the one that decides.</summary>
/// <param name="Text">What was judged, masked.</param>
/// <param name="Level">The decision: the worst of the segments.</param>
/// <param name="RuleId">The rule that decided; null when nothing spoke against it.</param>
/// <param name="Category">The rule's category.</param>
/// <param name="Reason">Why the rule exists.</param>
/// <param name="Segment">The segment that it matched, masked.</param>
/// <param name="Segments">Every segment with its own verdict, in the order of the text.</param>
public sealed record DangerAssessment(
    string Text,
    DangerLevel Level,
    string? RuleId,
    string? Category,
    string? Reason,
    string? Segment,
    SegmentAssessment[] Segments
)
{
    /// <summary>What was judged, masked.</summary>
    public string Text { get; } = InvisibleText.Escape(Text, allowLines: true);

    /// <summary>Why the rule exists.</summary>
    public string? Reason { get; } = Reason is null ? null : InvisibleText.Escape(Reason, allowLines: true);

    /// <summary>The segment that it matched, masked.</summary>
    public string? Segment { get; } = Segment is null ? null : InvisibleText.Escape(Segment, allowLines: true);

    /// <inheritdoc/>
    public override string ToString() => $"{Level.ToString().ToLowerInvariant()}{(RuleId is null ? "" : $" [{RuleId}]")}: {Text}";
}

/// <summary>A segment of a command with its own verdict.</summary>
/// <param name="Text">The segment, masked.</param>
/// <param name="Level">Its verdict.</param>
/// <param name="RuleId">The rule that gave it; null when nothing spoke against it.</param>
public sealed record SegmentAssessment(string Text, DangerLevel Level, string? RuleId)
{
    /// <summary>The segment, masked.</summary>
    public string Text { get; } = InvisibleText.Escape(Text, allowLines: true);

    /// <inheritdoc/>
    public override string ToString() => $"{Level.ToString().ToLowerInvariant()}{(RuleId is null ? "" : $" [{RuleId}]")}: {Text}";
}
