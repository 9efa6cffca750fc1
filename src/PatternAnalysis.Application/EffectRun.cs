using PatternAnalysis.Effect;
using PatternAnalysis.Options;
using PatternAnalysis.Storage;

namespace PatternAnalysis.Application;

/// <summary>What is asked of an effect: a pattern or activities, and since when.</summary>
public sealed record EffectOptions
{
    /// <summary>The stored pattern whose occurrences are counted.</summary>
    [Option("PatternId", "The stored pattern whose occurrences are counted.", IsSubject = true)]
    public string? PatternId { get; init; }

    /// <summary>The activities that are counted, instead of a pattern.</summary>
    [Option("Activity", "Counts activities whose name matches one of these wildcards, instead of a pattern.")]
    public WildcardFilter? Activity { get; init; }

    /// <summary>What took its place.</summary>
    [Option("Adopted", "What took its place: a command, skill or slash command, as wildcards of activities.")]
    public WildcardFilter? Adopted { get; init; }

    /// <summary>The moment that divides before from after; null for the decision on the pattern.</summary>
    [Option("Cut", "The moment that divides before from after; the decision on the pattern when not given.")]
    public DateTimeOffset? Cut { get; init; }

    /// <summary>What a rate counts against.</summary>
    [Option("Exposure", "What a rate counts against: edits, prompts, or calls.")]
    public ExposureKind Exposure { get; init; }

    /// <summary>Which time is looked at.</summary>
    [OptionGroup]
    public SpanOptions Span { get; init; } = new();
}

/// <summary>What <c>Measure-PatternEffect</c> and <c>effect</c> both do.</summary>
public static class EffectRun
{
    /// <summary>Measures an effect; the database is only read.</summary>
    /// <exception cref="PatternAnalysisException">
    /// The options can't work, there is no such pattern, or the database can't be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PatternEffect Run(PatternDatabase database, EffectOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        return new EffectReader(database, options.Span.ToWindow(), cancellationToken).Measure(options);
    }
}
