using PatternAnalysis.Approvals;
using PatternAnalysis.Danger;
using PatternAnalysis.Sequences;

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

    /// <summary>
    /// What that is worth in a series of nights, each of which tests anew: of the patterns that sixty nights ever show with c or more, at
    /// most a share 1 - c is expected to be coincidence. In [0, 1]; null where no test was made.
    /// </summary>
    public double? SeriesConfidence { get; init; }

    /// <summary>
    /// Until when there was evidence, in UTC, when too few sessions of a later run's horizon hold it; its numbers are of that time. Null
    /// while there is evidence.
    /// </summary>
    public DateTimeOffset? LastEvidenceAt { get; init; }

    /// <summary>How often it was seen, over all runs; each occurrence is counted once.</summary>
    public long OccurrenceCount { get; init; }

    /// <summary>What automating it would save, in US dollars, over all occurrences.</summary>
    public decimal EstimatedSavings { get; init; }

    /// <summary>Confidence x occurrences x savings: what decides the order where the worth is not known.</summary>
    public double Impact => ConfidenceScore * OccurrenceCount * (double)EstimatedSavings;

    /// <summary>
    /// Its place among the patterns of the run that appraised it, from 1; parts come after all others. Null when none did.
    /// </summary>
    public int? Rank => Worth?.Rank;

    /// <summary>The id of the routine that it is part of: the one that takes nearly all that it could save.</summary>
    public string? PartOf => Worth?.PartOf is { } id ? InvisibleText.Escape(id) : null;

    /// <summary>What can be made of it.</summary>
    public WorthKind Kind => Worth?.Kind ?? WorthKind.NotAssessed;

    /// <summary>How many turns of a model could go, in the occurrences of the run that appraised it; null when that is not known.</summary>
    public double? SavedTurns => Assessed?.SavedTurns;

    /// <summary>In which share of those occurrences a turn could go, from 0 to 1; null when that is not known.</summary>
    public double? HitShare => Assessed?.HitShare;

    /// <summary>What those turns cost times that share, in US dollars; null when that is not known.</summary>
    public double? WorthUsd => Assessed?.WorthUsd;

    /// <summary>The same for 30 days, in US dollars; null when that is not known.</summary>
    public double? WorthUsdPer30Days => Assessed?.WorthUsdPer30Days;

    /// <summary>
    /// The lower end of the 95 % interval of <see cref="WorthUsdPer30Days"/>, had other sessions of the same kind been seen.
    /// </summary>
    public double? WorthUsdPer30DaysLow => Assessed?.WorthUsdPer30Days * Assessed?.Interval?.Low;

    /// <summary>The upper end of the interval.</summary>
    public double? WorthUsdPer30DaysHigh => Assessed?.WorthUsdPer30Days * Assessed?.Interval?.High;

    /// <summary>How long those turns were waited for; null when that is not known.</summary>
    public TimeSpan? SavedWait => Assessed?.SavedWait;

    /// <summary>Whether nothing says what the turns used, so that an assumed cost stands for them.</summary>
    public bool IsWorthAssumed => Assessed?.IsAssumed == true;

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

    /// <summary>How dangerous the worst occurrence of any run is; null where no run has said.</summary>
    public DangerLevel? DangerLevel { get; init; }

    /// <summary>The rule that decided that; null when nothing speaks against the pattern.</summary>
    public string? DangerRule { get; init; }

    /// <summary>In how many of the last run's occurrences nothing speaks against any step; null where no run has counted.</summary>
    public long? SafeOccurrenceCount { get; init; }

    /// <summary>In how many the worst step is not known to be safe.</summary>
    public long? UnknownOccurrenceCount { get; init; }

    /// <summary>In how many a step is destructive.</summary>
    public long? DestructiveOccurrenceCount { get; init; }

    /// <summary>Up to five of the worst occurrences: where they are and what was run there.</summary>
    public DangerousOccurrence[] WorstOccurrences { get; init; } = [];

    /// <summary>
    /// What the pattern is without, when it is a variant that leaves out the destructive occurrences of another; null otherwise.
    /// </summary>
    public string? Without => StepText.Without(ToolSequence);

    /// <summary>
    /// Patterns without a row of their own that the decision on this one covers: other names of about the same occurrences.
    /// </summary>
    public CoveredPattern[] Covers { get; init; } = [];

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

    /// <summary>What the run that appraised it says; null when none did.</summary>
    internal StoredWorth? Worth { get; init; }

    /// <summary>The 95 % interval of the figures of what is saved, as multiples of them; null where it is not known.</summary>
    internal (double Low, double High)? WorthInterval => Assessed?.Interval;

    private StoredWorth? Assessed => Kind == WorthKind.NotAssessed ? null : Worth;

    /// <summary>The same with what is known of its danger.</summary>
    internal PatternApproval With(PatternEvidence? evidence) =>
        evidence is null
            ? this
            : this with
            {
                SeriesConfidence = evidence.SeriesConfidence,
                LastEvidenceAt = evidence.EndedAt == 0 ? null : new DateTimeOffset(evidence.EndedAt, TimeSpan.Zero),
                DangerLevel = evidence.Danger.Level,
                DangerRule = evidence.Danger.RuleId,
                SafeOccurrenceCount = evidence.Levels?.Safe,
                UnknownOccurrenceCount = evidence.Levels?.Unknown,
                DestructiveOccurrenceCount = evidence.Levels?.Destructive,
                WorstOccurrences = evidence.WorstOccurrences,
            };

    private static string? Shown(string? text) => text is null ? null : InvisibleText.Escape(text, allowLines: true);
}
