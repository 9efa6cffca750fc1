using PatternAnalysis.Classification;
using PatternAnalysis.Danger;
using PatternAnalysis.Mining;

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
    public string[] Reasons => [.. Decision.Reasons];

    /// <summary>Whether a step is destructive.</summary>
    public bool IsDestructive => Decision.IsDestructive;

    /// <summary>How dangerous its worst occurrence is, by the rules and by the policy's words on the names of tools.</summary>
    public override DangerVerdict Danger { get; }

    /// <summary>In how many occurrences nothing speaks against any step.</summary>
    public int SafeOccurrenceCount => Occurrences.Safe;

    /// <summary>In how many occurrences the worst step is not known to be safe.</summary>
    public int UnknownOccurrenceCount => Occurrences.Unknown;

    /// <summary>In how many occurrences a step is destructive.</summary>
    public int DestructiveOccurrenceCount => Occurrences.Destructive;

    /// <summary>The first five of the worst occurrences: the destructive ones, or where there are none the unknown ones.</summary>
    public DangerousOccurrence[] WorstOccurrences => Occurrences.Worst;

    internal OccurrenceLevels Levels => new(SafeOccurrenceCount, UnknownOccurrenceCount, DestructiveOccurrenceCount);

    // Where the policy's words on a tool's name are worse than the rules, all occurrences are the same.
    internal OccurrenceDanger Occurrences =>
        Danger.Level == Place.Danger.Level ? Place.Occurrences : OccurrenceDanger.Of(Danger.Level, OccurrenceCount);

    internal ClassificationPolicy Policy { get; }

    internal PolicyDecision Decision { get; }
}
