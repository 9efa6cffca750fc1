using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis;

/// <summary>A measured pattern with its state and the reasons for it.</summary>
public sealed class ClassifiedPattern : MeasuredPattern
{
    internal ClassifiedPattern(MeasuredPattern pattern, ClassificationPolicy policy, DangerVerdict danger, PolicyDecision decision)
        : base(pattern)
    {
        Policy = policy;
        Danger = danger;
        Decision = decision;
    }

    /// <summary>One of <see cref="PatternStatus"/>'s automatic states.</summary>
    public string Status => Decision.Status;

    /// <summary>Why, in words.</summary>
    public string[] Reasons => Worth?.CoveredBy is { } coverage ? [.. Decision.Reasons, coverage.Guidance] : [.. Decision.Reasons];

    /// <summary>Whether a step is destructive.</summary>
    public bool IsDestructive => Decision.IsDestructive;

    /// <summary>How dangerous its worst occurrence is, by which rule, and the (masked) segment that the rule is about.</summary>
    public DangerVerdict Danger { get; }

    internal ClassificationPolicy Policy { get; }

    internal PolicyDecision Decision { get; }
}
