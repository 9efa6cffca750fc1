using PatternAnalysis.Classification;
using PatternAnalysis.Danger;

namespace PatternAnalysis.Approvals;

/// <summary>All that is stored of a pattern and that a run may change.</summary>
/// <param name="Row">Its row in <c>pattern_approvals</c>.</param>
/// <param name="Evidence">The statistics of the run that its confidence comes from; null for a row that something else wrote.</param>
/// <param name="Sightings">What was seen of it, by session.</param>
/// <param name="Baseline">What it was like when a person decided; null when nobody did, or not by means of the product.</param>
internal sealed record StoredPattern(
    PatternApproval Row,
    PatternEvidence? Evidence,
    IReadOnlyDictionary<string, PatternSighting> Sightings,
    ReviewBaseline? Baseline = null
)
{
    /// <summary>What the policy says of it, whatever a person decided: of a destructive one that it is rejected.</summary>
    public string PolicyStatus =>
        Evidence?.Danger.Level == DangerLevel.Destructive ? PatternStatus.AutoRejected
        : !PatternStatus.IsHuman(Row.Status) ? Row.Status
        : Baseline?.PolicyStatus is not { } status || (status == PatternStatus.AutoApproved && Evidence is { EndedAt: not 0 })
            ? PatternStatus.Pending
        : status;
}

/// <summary>How often a session holds a pattern, and which part of the session was looked at.</summary>
/// <param name="OccurrenceCount">The occurrences, without overlap.</param>
/// <param name="ObservedFrom">The first step that was looked at, in UTC ticks to the millisecond; 0 when steps have no times.</param>
/// <param name="ObservedTo">The last step that was looked at, likewise.</param>
internal sealed record PatternSighting(long OccurrenceCount, long ObservedFrom, long ObservedTo)
{
    /// <summary>Whether all that <paramref name="other"/> looked at was looked at here as well.</summary>
    /// <remarks>
    /// One without times says nothing of when: one with times tells more of the same session, and one without never adds to it.
    /// </remarks>
    public bool Covers(PatternSighting other) =>
        IsDated == other.IsDated ? ObservedFrom <= other.ObservedFrom && ObservedTo >= other.ObservedTo : IsDated;

    private bool IsDated => ObservedFrom != 0;
}

/// <summary>The statistics that a confidence comes from.</summary>
public sealed record PatternEvidence
{
    /// <summary>What the confidence states.</summary>
    public required string ConfidenceModel { get; init; }

    /// <summary>How many sessions held it.</summary>
    public required int SessionCount { get; init; }

    /// <summary>How often it occurred, without overlap.</summary>
    public required long OccurrenceCount { get; init; }

    /// <summary>How many sessions were looked at.</summary>
    public required int TotalSessions { get; init; }

    /// <summary>How many occurrences chance explains.</summary>
    public required double ExpectedCount { get; init; }

    /// <summary>How likely chance alone gives so many occurrences, in [0, 1].</summary>
    public required double PValue { get; init; }

    /// <summary>The p-value corrected for the number of patterns tested, in [0, 1].</summary>
    public required double QValue { get; init; }

    /// <summary>How much more than a Poisson count the occurrences vary over the sessions, or null.</summary>
    public double? Dispersion { get; init; }

    /// <summary>How many patterns were tested together.</summary>
    public required int FamilySize { get; init; }

    /// <summary>In how many sessions a pattern had to occur.</summary>
    public required int MinimumSessions { get; init; }

    /// <summary>How many times more often than by chance it had to occur.</summary>
    public required double MinimumLift { get; init; }

    /// <summary>How dangerous the worst occurrence of any run is.</summary>
    public DangerVerdict Danger { get; init; } = DangerVerdict.Safe;

    /// <summary>How many of the occurrences are safe, unknown and destructive; null in what was stored before that was counted.</summary>
    public OccurrenceLevels? Levels { get; init; }

    /// <summary>The worst occurrences of any run, the earliest first; only so many.</summary>
    public DangerousOccurrence[] WorstOccurrences { get; init; } = [];

    /// <summary>The first step of any session of the run, in UTC ticks to the millisecond; 0 when steps have no times.</summary>
    public required long ObservedFrom { get; init; }

    /// <summary>The last step of any session of the run, likewise.</summary>
    public required long ObservedTo { get; init; }

    /// <summary>
    /// The last step of the last session that held the pattern, in UTC ticks to the millisecond, when too few sessions of a later horizon
    /// do; 0 while there is evidence.
    /// </summary>
    public long EndedAt { get; init; }

    /// <summary>What the confidence is worth in a series of nights, in [0, 1]; null for a model that tests nothing.</summary>
    public double? SeriesConfidence =>
        ConfidenceModel == nameof(PatternAnalysis.ConfidenceModel.SelfSufficiency) ? Metrics.SeriesConfidence.Of(QValue) : null;

    /// <summary>The run that it comes from, by its number in <c>pattern_runs</c>; null for one that is not saved yet.</summary>
    public long? RunId { get; init; }

    /// <summary>The horizon that was looked at, or in which the evidence ended; null in what was stored before horizons were.</summary>
    public EvidenceHorizon? Horizon { get; init; }

    /// <summary>
    /// Whether this takes the place of what was known before. A later look does; one at a shorter window alone does not, until as much
    /// time has passed as was looked at before: what a month showed is not undone by an hour.
    /// </summary>
    public bool Supersedes(PatternEvidence before) =>
        Horizon is { } mine && before.Horizon is { } theirs
            ? mine.Until >= theirs.Until && (mine.IsRegular || mine.Since - theirs.Until >= theirs.Length || mine.Length >= theirs.Length)
            : !IsPartOf(before);

    /// <summary>
    /// Whether both say the same but for rounding: an engine that counts elsewhere adds the sessions up in another order. What is known of
    /// danger is not compared, nor that the horizon went on over days without any news.
    /// </summary>
    public bool SaysSameAs(PatternEvidence other) =>
        this with
        {
            ExpectedCount = 0,
            PValue = 0,
            QValue = 0,
            Dispersion = null,
            Danger = other.Danger,
            WorstOccurrences = other.WorstOccurrences,
            Horizon = other.Horizon,
            RunId = other.RunId,
        } == other with { ExpectedCount = 0, PValue = 0, QValue = 0, Dispersion = null }
        && AreClose(ExpectedCount, other.ExpectedCount)
        && AreClose(PValue, other.PValue)
        && AreClose(QValue, other.QValue)
        && Dispersion.HasValue == other.Dispersion.HasValue
        && AreClose(Dispersion ?? 0, other.Dispersion ?? 0);

    private bool IsPartOf(PatternEvidence other) =>
        other.ObservedFrom <= ObservedFrom
        && other.ObservedTo >= ObservedTo
        && other.TotalSessions >= TotalSessions
        && (other.ObservedFrom, other.ObservedTo, other.TotalSessions) != (ObservedFrom, ObservedTo, TotalSessions);

    private static bool AreClose(double a, double b) => Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b));
}
