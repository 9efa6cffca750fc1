namespace PatternAnalysis.Danger;

/// <summary>What was decided about a step, and because of what.</summary>
/// <param name="Level">The decision.</param>
/// <param name="RuleId">The rule that decided; <see langword="null"/> when nothing spoke against the step.</param>
/// <param name="Category">The rule's category.</param>
/// <param name="Reason">Why the rule exists, a sentence for people.</param>
/// <param name="Segment">The command or tool that it matched, masked, at most <see cref="MaximumSegmentLength"/> characters.</param>
public sealed record DangerVerdict(DangerLevel Level, string? RuleId, string? Category, string? Reason, string? Segment)
{
    /// <summary>The longest <see cref="Segment"/>.</summary>
    public const int MaximumSegmentLength = 200;

    /// <summary>The longest whole command that is kept beside a destructive verdict, in characters.</summary>
    public const int MaximumCommandLength = 2000;

    /// <summary>The category of verdicts that no rule gave, because none knows the step.</summary>
    internal const string UnknownCategory = "unknown";

    /// <summary>
    /// The rule that would have given a worse verdict, had a rule file not disabled it; <see langword="null"/> when there is none.
    /// </summary>
    public string? DisabledRuleId { get; init; }

    /// <summary>Nothing speaks against the step.</summary>
    public static DangerVerdict Safe { get; } = new(DangerLevel.Safe, null, null, null, null);

    /// <summary>The verdict in a line: <c>destructive [rule]: segment</c>.</summary>
    public override string ToString() =>
        Level.ToString().ToLowerInvariant()
        + (RuleId is null ? "" : $" [{RuleId}]{(Segment is null ? "" : $": {InvisibleText.Escape(Segment)}")}");

    /// <summary>This verdict with the rule named that is disabled and would have given a worse one.</summary>
    internal DangerVerdict Without(DangerRule disabled, string maskedSegment)
    {
        var note = $"the rule '{disabled.Id}' ({disabled.Level.ToString().ToLowerInvariant()}: {disabled.Why}) is disabled";
        return this with
        {
            Reason = Reason is null ? note : $"{Reason}; {note}",
            Segment = Segment ?? maskedSegment,
            DisabledRuleId = disabled.Id,
        };
    }

    /// <summary>The worse of two verdicts; of equals the first, so the earliest cause is the one that is shown.</summary>
    public static DangerVerdict Worst(DangerVerdict first, DangerVerdict second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return second.Level > first.Level || (second.Level == first.Level && first == Safe) ? second : first;
    }
}
