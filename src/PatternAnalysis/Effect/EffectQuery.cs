namespace PatternAnalysis.Effect;

/// <summary>What is compared before and after a moment.</summary>
public sealed record EffectQuery
{
    /// <summary>The fewest sessions on a side that say anything.</summary>
    public const int FewestSessions = 6;

    /// <summary>What is measured, as people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The steps whose occurrences are counted, without overlap; null when <see cref="Activity"/> says what is counted.</summary>
    public IReadOnlyList<string>? Steps { get; init; }

    /// <summary>Which activities are counted; null when <see cref="Steps"/> says what is counted.</summary>
    public Func<string, bool>? Activity { get; init; }

    /// <summary>The activities that took its place: a command, a skill, a slash command; null when nobody named any.</summary>
    public Func<string, bool>? Adopted { get; init; }

    /// <summary>The moment that divides before from after; it belongs to the after side.</summary>
    public required DateTimeOffset Cut { get; init; }

    /// <summary>The end of the observation, if it is later than the last event; null for the last event.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What a rate counts against.</summary>
    public ExposureKind Exposure { get; init; }

    /// <summary>How many model turns one occurrence costs; at least 0.</summary>
    public double TurnsPerOccurrence { get; init; } = 1;

    /// <summary>What a model turn costs, in US dollars; null when nobody knows.</summary>
    public decimal? UsdPerTurn { get; init; }
}
